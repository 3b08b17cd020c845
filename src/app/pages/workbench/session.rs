//! What the caller brings beside its name: how it proved who it is, and what was passed when its session was made.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon, prose};
use crate::app::hooks::use_dispatch;
use crate::app::state::session::{Brings, brings, with_text, write};
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
                { text(asked, SessionPart::Name, "Session name", "playground") }
            }
            if tags {
                { text(asked, SessionPart::Tags, "Session tags", "team=blue, project=x") }
            }
            if source_identity {
                { text(asked, SessionPart::SourceIdentity, "Source identity", "none") }
            }
            if policies {
                { session_policies(&asked.session) }
            }
        </fieldset>
    }
}

fn text(asked: &Asked, what: SessionPart, label: &'static str, placeholder: &'static str) -> Html {
    html! { <TextField key={format!("{label} {}", asked.principal)} {what} {label} {placeholder} session={asked.session.clone()} /> }
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
struct TextFieldProps {
    what: SessionPart,
    label: &'static str,
    placeholder: &'static str,
    session: Session,
}

/// One part as text; what cannot be read yet stays in the field and changes nothing.
#[component]
fn TextField(props: &TextFieldProps) -> Html {
    let dispatch = use_dispatch();
    let what = props.what;
    let written = write(&props.session, what);
    let typed = use_state_eq(|| written.clone());
    let problem = with_text(&props.session, what, &typed).err();
    // What was changed elsewhere, such as by undo.
    let value = match with_text(&props.session, what, &typed) {
        Ok(session) if session != props.session => written,
        _ => (*typed).clone(),
    };
    let oninput = {
        let (set, session) = (typed.setter(), props.session.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            set.set(input.value());
            if let Ok(session) = with_text(&session, what, &input.value()) {
                dispatch.dispatch(StateEvent::SessionSet { what, session: Box::new(session) });
            }
        })
    };
    let told = format!("{}-problem", props.label.to_lowercase().replace(' ', "-"));
    html! {
        <label class="session__field"><span class="label">{ props.label }</span>
            <input class="field" type="text" {value} placeholder={props.placeholder} autocomplete="off" spellcheck="false"
                aria-invalid={problem.is_some().to_string()} aria-describedby={told.clone()} {oninput} />
            <span class="session__problem" id={told}>{ prose(&problem.unwrap_or_default()) }</span>
        </label>
    }
}
