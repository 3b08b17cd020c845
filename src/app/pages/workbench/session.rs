//! What the caller brings beside its name: how it proved who it is, and what was passed when its session was made.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::state::session::{Brings, brings, read_tags, write_tags};
use crate::app::state::{Asked, AttachTo, Attaching, Dialog, Event as StateEvent, SessionPart};
use crate::model::{PolicyRef, Proof, Session};

/// Properties of [`SessionForm`].
#[derive(Properties, PartialEq)]
pub struct SessionFormProps {
    /// What is asked.
    pub asked: ByPtr<Asked>,
}

/// The fields that count for whoever asks; nothing for callers without credentials of AWS.
#[component]
pub fn SessionForm(props: &SessionFormProps) -> Html {
    let dispatch = use_dispatch();
    let asked = &props.asked;
    let Brings { proofs, name, tags, source_identity, policies } = brings(asked);
    let set = |what: SessionPart, edit: fn(&mut Session, &str)| {
        let (dispatch, session) = (dispatch.clone(), asked.session.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let mut session = session.clone();
                edit(&mut session, &input.value());
                dispatch.dispatch(StateEvent::SessionSet { what, session: Box::new(session) });
            }
        })
    };
    let onproof = {
        let (dispatch, session) = (dispatch.clone(), asked.session.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            let session = Session { proof: Proof::of_id(&chosen), ..session.clone() };
            dispatch.dispatch(StateEvent::SessionSet { what: SessionPart::Proof, session: Box::new(session) });
        })
    };
    if proofs.is_empty() && !name {
        return Html::default();
    }
    let proof = asked.session.proof.unwrap_or_else(|| asked.usual_proof());
    html! {
        <fieldset class="session">
            <legend class="label">{ "The session" }</legend>
            if !proofs.is_empty() {
                <label class="session__field"><span class="label">{ "Credentials" }</span>
                    <span class="select">
                        <select class="field field--select" id="session-proof" onchange={onproof}>
                            for one in proofs {
                                <option key={one.id()} value={one.id()} selected={*one == proof}>{ one.words() }</option>
                            }
                        </select>
                        { icon(IconName::Down) }
                    </span>
                </label>
            }
            if name {
                { field("session-name", "Session name", asked.session.name.as_deref().unwrap_or_default(), "playground",
                    set(SessionPart::Name, |session, text| session.name = some(text))) }
            }
            if tags {
                <TagsField key={asked.principal.to_string()} session={asked.session.clone()} />
            }
            if source_identity {
                { field("session-source", "Source identity", asked.session.source_identity.as_deref().unwrap_or_default(), "none",
                    set(SessionPart::SourceIdentity, |session, text| session.source_identity = some(text))) }
            }
            if policies {
                { session_policies(&asked.session) }
            }
        </fieldset>
    }
}

fn some(text: &str) -> Option<std::sync::Arc<str>> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(Into::into)
}

fn field(
    id: &'static str,
    label: &'static str,
    value: &str,
    placeholder: &'static str,
    oninput: Callback<InputEvent>,
) -> Html {
    html! {
        <label class="session__field"><span class="label">{ label }</span>
            <input class="field" {id} type="text" value={value.to_owned()} {placeholder} autocomplete="off" spellcheck="false" {oninput} />
        </label>
    }
}

fn session_policies(session: &Session) -> Html {
    let without = |edit: &dyn Fn(&mut Session)| {
        let mut left = session.clone();
        edit(&mut left);
        StateEvent::SessionSet { what: SessionPart::Policies, session: Box::new(left) }
    };
    let inline = PolicyRef::Session { arn: None };
    html! {
        <div class="session__policies">
            <span class="label">{ "Session policies" }</span>
            <ul class="session__list">
                if session.policy.is_some() {
                    <li key="inline">
                        <Act event={StateEvent::EditingBegun(inline)}>{ "Edit the inline policy" }</Act>
                        <Act event={without(&|session| session.policy = None)} label="Take the inline session policy away" then_focus="session-inline">{ "Remove" }</Act>
                    </li>
                } else {
                    <li key="inline"><Act class="button" id="session-inline" event={StateEvent::SessionPolicyBegun}>{ "Write an inline policy" }</Act></li>
                }
                for arn in &session.managed {
                    <li key={&**arn}>
                        <span class="mono">{ arn.rsplit('/').next().unwrap_or_default().to_owned() }</span>
                        <Act event={without(&|session| session.managed.retain(|known| known != arn))} label={format!("Take {arn} away")} then_focus="session-managed">{ "Remove" }</Act>
                    </li>
                }
                <li key="managed"><Act class="button" id="session-managed" event={StateEvent::DialogOpened(Dialog::Attach(Attaching::new(AttachTo::Session)))}>{ "Pass a managed policy" }</Act></li>
            </ul>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct TagsFieldProps {
    session: Session,
}

/// Tags as text; what cannot be read yet stays in the field and changes nothing.
#[component]
fn TagsField(props: &TagsFieldProps) -> Html {
    let dispatch = use_dispatch();
    let typed = use_state_eq(|| write_tags(&props.session.tags));
    let problem = read_tags(&typed).err();
    // Tags that were changed elsewhere, such as by undo.
    let value = match read_tags(&typed) {
        Ok(tags) if tags != props.session.tags => write_tags(&props.session.tags),
        _ => (*typed).clone(),
    };
    let oninput = {
        let (set, session) = (typed.setter(), props.session.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            set.set(input.value());
            if let Ok(tags) = read_tags(&input.value()) {
                let session = Session { tags, ..session.clone() };
                dispatch.dispatch(StateEvent::SessionSet { what: SessionPart::Tags, session: Box::new(session) });
            }
        })
    };
    html! {
        <label class="session__field"><span class="label">{ "Session tags" }</span>
            <input class="field" id="session-tags" type="text" {value} placeholder="team=blue, project=x" autocomplete="off" spellcheck="false"
                aria-invalid={problem.is_some().to_string()} aria-describedby="session-tags-problem" {oninput} />
            <span class="session__problem" id="session-tags-problem">{ problem.unwrap_or_default() }</span>
        </label>
    }
}
