//! Creating a user step by step: details, permissions, tags, review, and the password once (CON-20…32).

mod details;
mod groups;
mod permissions;
mod review;
mod tags;

use std::rc::Rc;
use std::sync::Arc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use self::details::details;
use self::permissions::Permissions;
use self::review::{retrieve, review};
use self::tags::tags;
use crate::app::ByPtr;
use crate::app::components::Dialog;
use crate::app::hooks::use_dispatch;
use crate::app::platform::{PlatformError, password, task};
use crate::app::state::new_user::{Fill, NewUser, Step};
use crate::app::state::{Event as StateEvent, Site};
use crate::model::{Account, PasswordHash};

/// Hands what was filled in to the draft.
pub type Filling = UseReducerDispatcher<NewUser>;

/// Properties of [`NewUserDialog`].
#[derive(Properties, PartialEq)]
pub struct NewUserDialogProps {
    /// Where.
    pub account: Arc<Account>,
    /// For the list of AWS managed policies.
    pub site: ByPtr<Site>,
    /// Why the last attempt was refused.
    pub refusal: Option<AttrValue>,
}

const STEPS: [(Step, &str); 4] = [
    (Step::Details, "User details"),
    (Step::Permissions, "Permissions"),
    (Step::Tags, "Tags"),
    (Step::Review, "Review"),
];

/// The steps.
#[component]
pub fn NewUserDialog(props: &NewUserDialogProps) -> Html {
    let dispatch = use_dispatch();
    let draft = use_reducer_eq(NewUser::default);
    let failure = use_state_eq(|| None::<String>);
    let tried = use_state_eq(|| false);
    let running = use_mut_ref(|| None::<task::Task>);
    let filling = draft.dispatcher();
    let problem = draft.problem(&props.account);

    let oncreate = {
        let (filling, failure) = (filling.clone(), failure.clone());
        let deps = (dispatch, (*draft).clone(), props.account.clone());
        use_callback(deps, move |hash: Option<Result<PasswordHash, PlatformError>>, (dispatch, draft, account)| {
            let hash = match hash.transpose() {
                Ok(hash) => hash,
                Err(error) => return failure.set(Some(error.to_string())),
            };
            let commands = draft.commands(account, hash);
            let label = format!("Create user {}", draft.name.trim());
            dispatch.dispatch(StateEvent::ChangedTogether {
                label: label.into(),
                commands: commands.into(),
                stay: true,
            });
            filling.dispatch(Fill::Step(Step::Retrieve));
        })
    };
    let onsubmit = {
        let (filling, tried, failure) = (filling.clone(), tried.clone(), failure.clone());
        let deps = ((*draft).clone(), problem.clone(), oncreate);
        use_callback(deps, move |event: SubmitEvent, (draft, problem, oncreate)| {
            event.prevent_default();
            if problem.is_some() {
                return tried.set(true);
            }
            tried.set(false);
            failure.set(None);
            match (draft.step, following(draft.step)) {
                (Step::Review, _) if draft.console => {
                    let password = draft.password.clone();
                    let hashing = async move { Some(password::hash(&password).await) };
                    *running.borrow_mut() = Some(task::spawn(hashing, oncreate.clone()));
                }
                (Step::Review, _) => oncreate.emit(None),
                (_, Some(next)) => {
                    // A password that nobody typed is made when it is first needed.
                    if draft.console
                        && !draft.custom
                        && draft.password.is_empty()
                        && let Ok(generated) = password::generate()
                    {
                        filling.dispatch(Fill::Password(generated));
                    }
                    filling.dispatch(Fill::Step(next));
                }
                (_, None) => {}
            }
        })
    };
    let shown = Shown { draft: &draft, account: &props.account, filling: &filling };
    let there = draft.step == Step::Retrieve && props.account.users.contains(draft.name.trim());
    let body = match draft.step {
        Step::Details => details(&shown),
        Step::Permissions => html! {
            <Permissions account={props.account.clone()} site={&props.site} draft={Rc::new((*draft).clone())} filling={filling.clone()} refusal={props.refusal.clone()} />
        },
        Step::Tags => tags(&shown),
        Step::Retrieve if there => retrieve(&shown),
        Step::Review | Step::Retrieve => review(&shown),
    };
    let trouble = problem.filter(|_| *tried).or_else(|| (*failure).clone());
    let refused = props.refusal.clone().filter(|_| draft.step == Step::Retrieve && !there);
    html! {
        <Dialog id="new-user" title={if there { "Retrieve password" } else { "Create user" }}>
            <form class="dialog__body wizard" {onsubmit}>
                if !there {
                    { progress(draft.step) }
                }
                { body }
                <p class="wizard__problem" role="alert">{ trouble.map(AttrValue::from).or(refused).unwrap_or_default() }</p>
                if !there {
                    { buttons(draft.step, &filling) }
                }
            </form>
        </Dialog>
    }
}

/// What every step shows from.
pub struct Shown<'a> {
    /// What has been filled in.
    pub draft: &'a NewUser,
    /// Where.
    pub account: &'a Account,
    /// Takes what is filled in.
    pub filling: &'a Filling,
}

fn progress(at: Step) -> Html {
    html! {
        <ol class="wizard__steps" aria-label="Steps">
            for (step, name) in STEPS {
                <li key={name} class="wizard__step" aria-current={(step == at).then_some("step")}>{ name }</li>
            }
        </ol>
    }
}

fn following(step: Step) -> Option<Step> {
    STEPS.iter().map(|(step, _)| *step).find(|next| *next > step)
}

fn buttons(at: Step, filling: &Filling) -> Html {
    let before = STEPS.iter().rev().map(|(step, _)| *step).find(|before| *before < at && at != Step::Retrieve);
    let forward = match at {
        Step::Details => "Next: Permissions",
        Step::Permissions => "Next: Tags",
        Step::Tags => "Next: Review",
        Step::Review | Step::Retrieve => "Create user",
    };
    html! {
        <div class="dialog__actions">
            if let Some(before) = before {
                <button type="button" class="button" onclick={press(filling, Fill::Step(before))}>{ "Back" }</button>
            }
            <button type="submit" class="button button--primary">{ forward }</button>
        </div>
    }
}

/// A press that fills something in.
pub fn press(filling: &Filling, fill: Fill) -> Callback<MouseEvent> {
    let filling = filling.clone();
    Callback::from(move |_| filling.dispatch(fill.clone()))
}

/// A box that was ticked or unticked.
pub fn tick(filling: &Filling, fill: impl Fn(bool) -> Fill + 'static) -> Callback<Event> {
    let filling = filling.clone();
    Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            filling.dispatch(fill(input.checked()));
        }
    })
}

/// A text that was typed.
pub fn text(filling: &Filling, fill: impl Fn(String) -> Fill + 'static) -> Callback<InputEvent> {
    let filling = filling.clone();
    Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            filling.dispatch(fill(input.value()));
        }
    })
}

/// One of a few choices.
pub fn radio(filling: &Filling, group: &'static str, words: &'static str, chosen: bool, fill: Fill) -> Html {
    let filling = filling.clone();
    let onchange = Callback::from(move |_: Event| filling.dispatch(fill.clone()));
    html! {
        <label class="dialog__choice" key={words}>
            <input type="radio" name={group} checked={chosen} {onchange} />
            <span>{ words }</span>
        </label>
    }
}
