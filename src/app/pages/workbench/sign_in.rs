//! Signing in at the account's own address: account, name and password, then a new password where one is due.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::attach::typed;
use crate::app::ByPtr;
use crate::app::components::Dialog;
use crate::app::hooks::use_dispatch;
use crate::app::platform::{PlatformError, password, task};
use crate::app::state::sign_in::{WRONG, may_not_change_password, user_of};
use crate::app::state::{Event as StateEvent, Site};
use crate::model::{Account, Command, PasswordHash, PrincipalRef, SignsIn, World, password_lacks};

/// Properties of [`SignInDialog`].
#[derive(Properties, PartialEq)]
pub struct SignInDialogProps {
    /// The accounts.
    pub world: Rc<World>,
    /// Whose console.
    pub account: Arc<Account>,
    /// AWS managed policies, for the right to change a password.
    pub site: ByPtr<Site>,
    /// The time, as ISO 8601.
    pub now: AttrValue,
    /// Why the last attempt was refused.
    pub refusal: Option<AttrValue>,
}

/// What came of checking or hashing.
enum Checked {
    Password(Result<bool, PlatformError>),
    Renewed(Result<PasswordHash, PlatformError>),
}

/// The sign-in page.
#[component]
pub fn SignInDialog(props: &SignInDialogProps) -> Html {
    let dispatch = use_dispatch();
    let place =
        use_state_eq(|| props.account.alias.as_ref().map_or_else(|| props.account.id.to_string(), ToString::to_string));
    let name = use_state_eq(String::new);
    let secret = use_state_eq(String::new);
    let renewed = use_state_eq(String::new);
    let renewing = use_state_eq(|| false);
    let problem = use_state_eq(|| None::<String>);
    let running = use_mut_ref(|| None::<task::Task>);

    let enter = {
        let deps = (dispatch.clone(), (*name).clone());
        use_callback(deps, |commands: Vec<Command>, (dispatch, name)| {
            let user: Arc<str> = name.trim().into();
            let noted = Command::RecordSignIn { of: SignsIn::User(user.clone()) };
            let commands: Vec<Command> = commands.into_iter().chain([noted]).collect();
            dispatch.dispatch(StateEvent::SignedIn { principal: PrincipalRef::User(user), commands: commands.into() });
        })
    };
    let onchecked = {
        let (renewing, problem) = (renewing.clone(), problem.clone());
        let deps = (props.account.clone(), (*place).clone(), (*name).clone(), enter);
        use_callback(deps, move |checked: Checked, (account, place, name, enter)| match checked {
            Checked::Password(Err(error)) | Checked::Renewed(Err(error)) => problem.set(Some(error.to_string())),
            Checked::Password(Ok(false)) => problem.set(Some(WRONG.to_owned())),
            Checked::Password(Ok(true)) => {
                problem.set(None);
                match user_of(account, place, name) {
                    Some((_, login)) if login.reset_required => renewing.set(true),
                    _ => enter.emit(Vec::new()),
                }
            }
            Checked::Renewed(Ok(password)) => {
                let user = name.trim().into();
                enter.emit(vec![Command::UpdateLoginProfile { user, password, reset_required: false }]);
            }
        })
    };
    let onsubmit = {
        let problem = problem.clone();
        let texts = ((*place).clone(), (*name).clone(), (*secret).clone(), (*renewed).clone());
        let deps = (
            props.world.clone(),
            props.account.clone(),
            props.site.clone(),
            props.now.clone(),
            texts,
            *renewing,
            onchecked,
        );
        use_callback(
            deps,
            move |event: SubmitEvent,
                  (world, account, site, now, (place, name, secret, renewed), renewing, onchecked)| {
                event.prevent_default();
                let Some((user, login)) = user_of(account, place, name) else {
                    return problem.set(Some(WRONG.to_owned()));
                };
                let (known, secret, renewed) = (login.password.clone(), secret.clone(), renewed.clone());
                if !*renewing {
                    let checking = async move { Checked::Password(password::is_password(&secret, &known).await) };
                    *running.borrow_mut() = Some(task::spawn(checking, onchecked.clone()));
                    return;
                }
                let lacks = password_lacks(&renewed, account.password_policy.as_ref(), &user.name);
                let refused = may_not_change_password(world, &site.library, account, user, now);
                match (lacks.is_empty(), refused) {
                    (false, _) => problem.set(Some(format!("The password needs {}.", lacks.join(", ")))),
                    (true, Some(refusal)) => problem.set(Some(refusal)),
                    (true, None) if renewed == secret => {
                        problem.set(Some("Choose a password other than the old one.".to_owned()))
                    }
                    (true, None) => {
                        let hashing = async move { Checked::Renewed(password::hash(&renewed).await) };
                        *running.borrow_mut() = Some(task::spawn(hashing, onchecked.clone()));
                    }
                }
            },
        )
    };
    let trouble = (*problem).clone().map(AttrValue::from).or_else(|| props.refusal.clone());
    html! {
        <Dialog id="sign-in" title={if *renewing { "Choose a new password" } else { "Sign in as IAM user" }}>
            <form class="dialog__body" {onsubmit}>
                <p class="mono sign-in__address" aria-label="Address">{ props.account.sign_in_address() }</p>
                if *renewing {
                    <p>{ format!("User {} must set a new password before going on.", name.trim()) }</p>
                    <Entry key="new" label="New password" kind="password" value={(*renewed).clone()} oninput={renewed.setter()} />
                } else {
                    <Entry key="place" label="Account ID (12 digits) or account alias" kind="text" value={(*place).clone()} oninput={place.setter()} />
                    <Entry key="name" label="IAM user name" kind="text" value={(*name).clone()} oninput={name.setter()} first={true} />
                    <Entry key="secret" label="Password" kind="password" value={(*secret).clone()} oninput={secret.setter()} />
                }
                <p role="alert">{ trouble.unwrap_or_default() }</p>
                <p class="dialog__note">{ "A simulation: nothing is sent anywhere. Do not use a password of yours." }</p>
                <div class="dialog__actions">
                    <button type="submit" class="button button--primary">{ if *renewing { "Confirm password change" } else { "Sign in" } }</button>
                </div>
            </form>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct EntryProps {
    label: &'static str,
    kind: &'static str,
    value: String,
    oninput: UseStateSetter<String>,
    #[prop_or_default]
    first: bool,
}

#[component]
fn Entry(props: &EntryProps) -> Html {
    let oninput =
        use_callback(props.oninput.clone(), |event: InputEvent, set| set.set(typed(&event).unwrap_or_default()));
    html! {
        <label class="dialog__field">
            <span class="label">{ props.label }</span>
            <input class="field" type={props.kind} value={props.value.clone()} {oninput} autofocus={props.first} autocomplete="off" spellcheck="false" />
        </label>
    }
}
