//! Everything about one object, with what can be changed: draws the sheet that the state makes of it.

use std::rc::Rc;
use std::sync::Arc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::components::{Act, CopyButton, Dialog, IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::platform::{PlatformError, file, password, task};
use crate::app::state::inspect::{Field, FieldKind, Form, FormId, Line, Object, Section, Sheet, sheet};
use crate::app::state::{Event as StateEvent, hand_out, passwords};
use crate::model::{AccessKey, Account, Command, PasswordHash, SignsIn, World};

/// Properties of [`Inspector`].
#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    /// The accounts.
    pub world: Rc<World>,
    /// The account.
    pub account: Arc<Account>,
    /// What is inspected.
    pub object: Object,
    /// Why the last change was refused.
    pub refusal: Option<AttrValue>,
}

/// A secret that is shown once: how many keys there were before, and the secret itself.
type Once = (usize, String);

/// The inspector.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { account, object, refusal, .. } = props;
    let once = use_state_eq(|| None::<Once>);
    let Some(Sheet { title, facts, sections }) = sheet(&props.world, account, object) else {
        return html! { <Dialog id="inspector" title="Gone"><p class="dialog__body">{ "It is not there any more." }</p></Dialog> };
    };
    let keys = keys(account, object).len();
    html! {
        <Dialog id="inspector" {title}>
            <div class="dialog__body inspector">
                <p class="notice inspector__refusal" role="alert">{ refusal.clone().unwrap_or_default() }</p>
                <dl class="facts">
                    for (name, value) in facts {
                        <dt>{ name }</dt><dd class="mono">{ value }</dd>
                    }
                </dl>
                for section in sections {
                    { one_section(&section, props, &once, keys) }
                }
            </div>
        </Dialog>
    }
}

fn keys<'a>(account: &'a Account, object: &Object) -> &'a [AccessKey] {
    match object {
        Object::Root => &account.root.access_keys,
        Object::User(name) => account.users.get(name).map_or(&[], |user| &user.access_keys),
        _ => &[],
    }
}

/// The secret of the newest key, shown until the dialog closes.
fn shown_once(props: &InspectorProps, secret: String) -> Html {
    let id = keys(&props.account, &props.object).last().map(|key| key.id.to_string()).unwrap_or_default();
    let whose = match &props.object {
        Object::User(name) => name.to_string(),
        _ => "root".to_owned(),
    };
    let file = hand_out::access_key(&id, &secret);
    let ondownload = Callback::from(move |_: MouseEvent| file::download(&format!("{whose}_accessKeys.csv"), &file));
    html! {
        <div class="inspector__secret" role="status">
            <p>{ "Access key ID: " }<code>{ id }</code></p>
            <p>{ "Secret access key, shown only now: " }<code>{ secret.clone() }</code></p>
            <p class="wizard__handed">
                <CopyButton text={secret} what="the secret access key" />
                <button type="button" class="link" onclick={ondownload}>{ "Download .csv file" }</button>
            </p>
        </div>
    }
}

fn one_section(section: &Section, props: &InspectorProps, once: &UseStateHandle<Option<Once>>, keys: usize) -> Html {
    let secret = once.as_ref().filter(|(before, _)| keys > *before).map(|(_, secret)| secret.clone());
    html! {
        <section class="inspector__section" key={section.title} aria-label={section.title}>
            <h3 class="label">{ section.title }</h3>
            if !section.note.is_empty() {
                <p class="dialog__note">{ &section.note }</p>
            }
            if !section.lines.is_empty() {
                <ul class="items">
                    for line in &section.lines {
                        { one_line(line) }
                    }
                </ul>
            }
            for form in &section.forms {
                if form.id == FormId::AccessKey && let Some(secret) = secret.clone() {
                    { shown_once(props, secret) }
                }
                <Filling key={form.submit} object={props.object.clone()} form={form.clone()} account={props.account.clone()} once={once.setter()} />
            }
        </section>
    }
}

fn one_line(line: &Line) -> Html {
    html! {
        <li class="item" key={line.text.clone()}>
            <span class="item__name">{ &line.text }</span>
            <span class="item__end">
                for act in &line.acts {
                    <Act key={act.words} event={act.event.clone()} label={act.label.clone()} then_focus="inspector-title">{ act.words }</Act>
                }
            </span>
        </li>
    }
}

#[derive(Clone, Properties, PartialEq)]
struct FillingProps {
    object: Object,
    form: Form,
    account: Arc<Account>,
    once: UseStateSetter<Option<Once>>,
}

/// A form while it is filled in. What it begins with follows the object.
#[component]
fn Filling(props: &FillingProps) -> Html {
    let dispatch = use_dispatch();
    let initial = || props.form.fields.iter().map(|field| field.value.clone()).collect::<Vec<_>>();
    let texts = use_state_eq(initial);
    let problem = use_state_eq(String::new);
    let running = use_mut_ref(|| None::<task::Task>);
    {
        let (texts, fresh) = (texts.setter(), initial());
        use_effect_with(props.form.clone(), move |_| texts.set(fresh));
    }
    // What was carried out is no longer there to be typed; what was refused is.
    let sent = use_mut_ref(|| false);
    {
        let (texts, fresh, sent) = (texts.setter(), initial(), sent.clone());
        use_effect_with(props.account.clone(), move |_| {
            if sent.replace(false) {
                texts.set(fresh);
            }
        });
    }
    let hashed = {
        let deps = (dispatch.clone(), props.clone(), (*texts).clone(), problem.setter(), texts.setter());
        use_callback(deps, |hash: Result<PasswordHash, PlatformError>, (dispatch, props, texts, problem, set)| {
            match (hash, &props.object) {
                (Ok(password), Object::User(user)) => {
                    let reset = texts.get(1).is_some_and(|text| text == "yes");
                    dispatch.dispatch(StateEvent::Changed(passwords::command(&props.account, user, password, reset)));
                    set.set(props.form.fields.iter().map(|field| field.value.clone()).collect());
                }
                (Ok(_), _) => {}
                (Err(error), _) => problem.set(error.to_string()),
            }
        })
    };
    let onsubmit = {
        let deps = (dispatch, props.clone(), (*texts).clone(), problem.setter(), hashed);
        use_callback(deps, move |event: SubmitEvent, (dispatch, props, texts, problem, hashed)| {
            event.prevent_default();
            problem.set(String::new());
            match (props.form.id, &props.object) {
                (FormId::Password, Object::User(user)) => {
                    let typed = texts.first().cloned().unwrap_or_default();
                    match passwords::problem(&props.account, user, &typed) {
                        Some(words) => problem.set(words),
                        None => {
                            let hashing = async move { password::hash(&typed).await };
                            *running.borrow_mut() = Some(task::spawn(hashing, hashed.clone()));
                        }
                    }
                }
                (FormId::AccessKey, object) => match password::secret() {
                    Ok(secret) => {
                        props.once.set(Some((keys(&props.account, object).len(), secret)));
                        let of = match object {
                            Object::User(user) => SignsIn::User(user.clone()),
                            _ => SignsIn::Root,
                        };
                        dispatch.dispatch(StateEvent::Changed(Command::CreateAccessKey { of }));
                    }
                    Err(error) => problem.set(error.to_string()),
                },
                (id, object) => {
                    sent.replace(true);
                    dispatch.dispatch(StateEvent::FormSent {
                        object: object.clone(),
                        form: id,
                        texts: texts.clone().into(),
                    });
                }
            }
        })
    };
    let oninput = {
        let deps = ((*texts).clone(), texts.setter());
        use_callback(deps, |(at, text): (usize, String), (texts, set)| {
            let mut next = texts.clone();
            if let Some(place) = next.get_mut(at) {
                *place = text;
            }
            set.set(next);
        })
    };
    html! {
        <form class="inspector__form" {onsubmit}>
            for (at, field) in props.form.fields.iter().enumerate() {
                { one_field(field, texts.get(at).map_or("", String::as_str), &oninput.reform(move |text| (at, text))) }
            }
            <button type="submit" class="button">{ props.form.submit }</button>
            if !problem.is_empty() {
                <p role="alert">{ &*problem }</p>
            }
        </form>
    }
}

fn one_field(field: &Field, text: &str, onchange: &Callback<String>) -> Html {
    let typed = onchange.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
    });
    match &field.kind {
        FieldKind::Check => {
            let oninput = onchange.reform(|event: InputEvent| {
                let checked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
                if checked { "yes".to_owned() } else { String::new() }
            });
            html! {
                <label class="dialog__choice" key={field.label}>
                    <input type="checkbox" checked={text == "yes"} {oninput} />{ field.label }
                </label>
            }
        }
        FieldKind::Choice(choices) => {
            let onchange = onchange.reform(|event: Event| {
                event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default()
            });
            html! {
                <label class="dialog__field" key={field.label}>
                    <span class="label">{ field.label }</span>
                    <span class="select">
                        <select class="field field--select" {onchange}>
                            for choice in choices {
                                <option key={choice.clone()} value={choice.clone()} selected={choice == text}>{ choice }</option>
                            }
                        </select>
                        { icon(IconName::Down) }
                    </span>
                </label>
            }
        }
        FieldKind::Text | FieldKind::Secret => html! {
            <label class="dialog__field" key={field.label}>
                <span class="label">{ field.label }</span>
                <input class="field" type={if field.kind == FieldKind::Secret { "password" } else { "text" }} value={text.to_owned()} oninput={typed}
                    autocomplete="off" spellcheck="false" />
            </label>
        },
    }
}
