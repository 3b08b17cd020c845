//! The policies of who is asked about, and the text of one of them.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::editor::Editor;
use super::findings::Findings;
use super::json_view::JsonView;
use super::policy_list::policy_list;
use crate::app::ByPtr;
use crate::app::components::Act;
use crate::app::state::marks::telling_entries;
use crate::app::state::{Answer, Drafts, Event as StateEvent, PolicyRef, PolicyText, Role, Site, View};
use crate::model::{Command, Holder, PrincipalRef, World};
use crate::text::Span;

/// Properties of [`PolicyPane`].
#[derive(Properties, PartialEq)]
pub struct PolicyPaneProps {
    /// The account.
    pub world: Rc<World>,
    /// Policy texts that are not JSON at the moment.
    pub drafts: ByPtr<Drafts>,
    /// What is open.
    pub view: ByPtr<View>,
    /// What was fetched.
    pub site: ByPtr<Site>,
    /// The answer, if there is one.
    pub answer: Option<ByPtr<Answer>>,
}

/// The policies.
#[component]
pub fn PolicyPane(props: &PolicyPaneProps) -> Html {
    let PolicyPaneProps { view, answer, .. } = props;
    let shown = view.policy.clone().or_else(|| answer.as_ref().and_then(|answer| answer.telling_policy()));
    let listed: Vec<PolicyRef> = answer.iter().flat_map(|answer| answer.places.iter().map(PolicyRef::from)).collect();
    html! {
        <section class="pane pane--policy" aria-labelledby="policy-title">
            <div class="pane__head">
                <h2 class="pane__title" id="policy-title">{ "Policy" }</h2>
                <span class="pane__note">{ count(listed.len()) }</span>
            </div>
            { policy_list(&listed, shown.as_ref()) }
            if let Some(policy) = shown {
                { one_policy(props, policy) }
            } else if let Some(answer) = answer {
                <p class="policy__empty">{ nothing_applies(&answer.question.principal) }</p>
            }
        </section>
    }
}

fn count(policies: usize) -> String {
    match policies {
        0 => "No policy applies".to_owned(),
        1 => "1 policy applies".to_owned(),
        _ => format!("{policies} policies apply"),
    }
}

fn nothing_applies(principal: &PrincipalRef) -> String {
    match principal {
        PrincipalRef::Root => {
            "The root user has no policies of its own, and none can limit it inside its account.".to_owned()
        }
        PrincipalRef::User(name) => {
            format!("No policy applies to user {name}. Attach one, add the user to a group, or write an inline policy.")
        }
    }
}

fn one_policy(props: &PolicyPaneProps, policy: PolicyRef) -> Html {
    let draft = props.drafts.get(&policy).cloned();
    let selected = props.view.selection.as_ref().filter(|part| part.policy == policy).map(|part| part.span);
    let editing = props.view.editing.as_ref() == Some(&policy);
    match policy.text(&props.world, &props.site.library) {
        PolicyText::Known(text) => {
            let marks = marks(props.answer.as_ref(), &policy);
            article(&Shown { policy, text, draft, editing, marks, selected })
        }
        PolicyText::Awaited => html! { <p class="policy__empty">{ "The text of this policy is on its way." }</p> },
        PolicyText::Gone => html! { <p class="policy__empty">{ "This policy is not there any more." }</p> },
    }
}

/// What is marked in a policy: the statement that tells, with its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The statement.
    pub statement: Span,
    /// Its part in the answer.
    pub role: Role,
    /// The entries that it turned on.
    pub entries: Vec<Span>,
}

fn marks(answer: Option<&ByPtr<Answer>>, policy: &PolicyRef) -> Option<Marks> {
    let answer = answer?;
    let at = answer.telling_statement().filter(|at| answer.policy_of(*at).as_ref() == Some(policy))?;
    let (_, statement) = answer.trace.statement(at)?;
    let role = if answer.trace.decisive() == Some(at) { Role::Decisive } else { Role::Nearest };
    Some(Marks { statement: statement.span(), role, entries: telling_entries(statement) })
}

struct Shown {
    policy: PolicyRef,
    text: Arc<str>,
    draft: Option<Arc<str>>,
    editing: bool,
    marks: Option<Marks>,
    selected: Option<Span>,
}

fn article(shown: &Shown) -> Html {
    let Shown { policy, text, draft, editing, marks, selected } = shown;
    html! {
        <article class="policy" key={policy.key()} aria-label={policy.name.to_string()}>
            <div class="policy__head">
                <span class="policy__kind">{ kind(policy) }</span>
                if policy.is_inline() {
                    <span class="policy__tools">{ tools(policy, *editing, draft.is_some()) }</span>
                }
            </div>
            if *editing {
                <Editor policy={policy.clone()} text={draft.clone().unwrap_or_else(|| text.clone())} selected={*selected} />
            } else {
                <JsonView name={policy.name.to_string()} text={text.clone()} marks={marks.clone()} selected={*selected} />
            }
            if policy.is_inline() {
                <Findings policy={policy.clone()} text={text.clone()} draft={draft.clone()} editing={*editing} />
            }
        </article>
    }
}

fn kind(policy: &PolicyRef) -> String {
    let holder = match &policy.holder {
        Holder::User(name) => format!("user {name}"),
        Holder::Group(name) => format!("group {name}"),
    };
    match policy.arn {
        Some(_) => "AWS managed, read-only".to_owned(),
        None => format!("Inline in {holder}"),
    }
}

fn tools(policy: &PolicyRef, editing: bool, unfinished: bool) -> Html {
    let delete =
        StateEvent::Changed(Command::DeleteInlinePolicy { holder: policy.holder.clone(), name: policy.name.clone() });
    let (event, words) = match (editing, unfinished) {
        (true, _) => (StateEvent::EditingEnded, "Done"),
        (false, true) => (StateEvent::EditingBegun(policy.clone()), "Continue editing"),
        (false, false) => (StateEvent::EditingBegun(policy.clone()), "Edit"),
    };
    html! {
        <>
            <Act key="delete" class="link" event={delete} label={format!("Delete {}", policy.name)} then_focus="policy-title">{ "Delete" }</Act>
            <Act key="edit" class="button" {event} label={format!("{words} {}", policy.name)}>{ words }</Act>
        </>
    }
}
