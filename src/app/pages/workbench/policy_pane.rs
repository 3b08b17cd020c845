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
use crate::app::state::{self, Answer, Drafts, Editing, Event as StateEvent, PolicyText, Role, Site, View, policy_key};
use crate::model::{Account, Command, ControlKind, FULL_AWS_ACCESS, PolicyRef, PrincipalRef, World};
use crate::policy::PolicyKind;
use crate::text::Span;

/// Properties of [`PolicyPane`].
#[derive(Properties, PartialEq)]
pub struct PolicyPaneProps {
    /// The accounts.
    pub world: Rc<World>,
    /// The account of whoever asks.
    pub account: Arc<Account>,
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
    let listed: Vec<PolicyRef> =
        answer.iter().flat_map(|answer| answer.gathered.places().map(|place| place.policy.clone())).collect();
    html! {
        <>
            { policy_list(&listed, shown.as_ref(), &props.world) }
            if let Some(policy) = shown {
                { one_policy(props, policy) }
            } else if let Some(answer) = answer {
                <p class="policy__empty">{ nothing_applies(&answer.question.principal) }</p>
            }
        </>
    }
}

/// How many policies apply.
pub fn applying(answer: &Answer) -> String {
    match answer.gathered.places().count() {
        0 => "No policy applies".to_owned(),
        1 => "1 policy applies".to_owned(),
        policies => format!("{policies} policies apply"),
    }
}

fn nothing_applies(principal: &PrincipalRef) -> String {
    match principal {
        PrincipalRef::Root => {
            "The root user has no policies of its own, and none can limit it inside its account.".to_owned()
        }
        PrincipalRef::Role(_) | PrincipalRef::FederatedSession { .. } => {
            format!("No policy applies to {principal}. Attach one, or write an inline policy.")
        }
        PrincipalRef::User(_) => {
            format!("No policy applies to {principal}. Attach one, add the user to a group, or write an inline policy.")
        }
        PrincipalRef::Federated(_) | PrincipalRef::Service(_) | PrincipalRef::Anonymous => format!(
            "No policy applies to the {principal}. Only the policy of a resource or the trust policy of a role can let them in."
        ),
    }
}

fn one_policy(props: &PolicyPaneProps, policy: PolicyRef) -> Html {
    let draft = props.drafts.get(&policy).cloned();
    let selected = props.view.selection.as_ref().filter(|part| part.policy == policy).map(|part| part.span);
    let editing = props.view.editing.as_ref() == Some(&policy);
    // A session policy stands in the question, which the answer has.
    let of_answer =
        || props.answer.as_ref().and_then(|answer| answer.place_of(&policy)).map(|place| place.text.clone());
    let known = match &policy {
        PolicyRef::Session { .. } => of_answer().map_or(PolicyText::Gone, PolicyText::Known),
        _ => PolicyText::of(&policy, &props.world, &props.account, &props.site.library),
    };
    match known {
        PolicyText::Known(text) => {
            let marks = marks(props.answer.as_ref(), &policy);
            let way = state::editing(&policy, &props.account);
            let (kind, at) = (policy.kind(&props.world), control_words(&policy, &props.world));
            article(&Shown { kind, at, policy, text, draft, editing, way, marks, selected })
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
    Some(Marks {
        statement: statement.span(),
        role,
        entries: telling_entries(statement, answer.request.resource_text()),
    })
}

struct Shown {
    kind: PolicyKind,
    /// For a control policy, what it is and where.
    at: Option<String>,
    policy: PolicyRef,
    text: Arc<str>,
    draft: Option<Arc<str>>,
    editing: bool,
    way: Editing,
    marks: Option<Marks>,
    selected: Option<Span>,
}

fn article(shown: &Shown) -> Html {
    let Shown { kind: grammar, at, policy, text, draft, editing, way, marks, selected } = shown;
    let name = policy.name();
    html! {
        <article class="policy" key={policy_key(policy)} aria-label={name.to_string()}>
            <div class="policy__head">
                <span class="policy__kind">{ at.clone().unwrap_or_else(|| kind(policy, *way)) }</span>
                if *way != Editing::No {
                    <span class="policy__tools">{ tools(policy, *way, *editing, draft.is_some()) }</span>
                }
            </div>
            if *editing {
                <Editor policy={policy.clone()} text={draft.clone().unwrap_or_else(|| text.clone())} selected={*selected} />
            } else {
                <JsonView name={name.to_string()} text={text.clone()} marks={marks.clone()} selected={*selected} />
            }
            if *way != Editing::No {
                <Findings policy={policy.clone()} kind={*grammar} text={text.clone()} draft={draft.clone()} editing={*editing} />
            }
        </article>
    }
}

/// What a control policy is, and on which node.
fn control_words(policy: &PolicyRef, world: &World) -> Option<String> {
    let (PolicyRef::Control { node, name }, Some(organization)) = (policy, &world.organization) else { return None };
    let kind = match organization.kind_of(name)? {
        _ if **name == *FULL_AWS_ACCESS => "Service control policy of AWS, read-only",
        ControlKind::Service => "Service control policy",
        ControlKind::Resource => "Resource control policy",
    };
    Some(format!("{kind}; at {}", organization.node_name(node)))
}

fn kind(policy: &PolicyRef, way: Editing) -> String {
    let own = match way {
        Editing::No => "AWS managed, read-only",
        Editing::InPlace | Editing::ByVersion => "Customer managed",
    };
    match policy {
        PolicyRef::Inline { holder, .. } => format!("Inline in {} {}", holder.kind(), holder.name()),
        PolicyRef::Attached { .. } => own.to_owned(),
        PolicyRef::Boundary { holder, .. } => format!("{own}; bounds {} {}", holder.kind(), holder.name()),
        PolicyRef::Resource { .. } => "Resource policy".to_owned(),
        PolicyRef::Trust { .. } => "Trust policy: who may assume the role".to_owned(),
        PolicyRef::Session { .. } => "Session policy, passed when the session is made".to_owned(),
        PolicyRef::Control { node, .. } => format!("Control policy at {node}"),
    }
}

fn tools(policy: &PolicyRef, way: Editing, editing: bool, unfinished: bool) -> Html {
    let name = policy.name();
    let delete = match policy {
        PolicyRef::Inline { holder, name } => {
            Some(Command::DeleteInlinePolicy { holder: holder.clone(), name: name.clone() })
        }
        PolicyRef::Resource { arn } => Some(Command::DeleteResourcePolicy { arn: arn.clone() }),
        _ => None,
    };
    let (event, words) = match (editing, unfinished) {
        (true, true) if way == Editing::ByVersion => (StateEvent::VersionSaved(policy.clone()), "Save as new version"),
        (true, _) => (StateEvent::EditingEnded, "Done"),
        (false, true) => (StateEvent::EditingBegun(policy.clone()), "Continue editing"),
        (false, false) => (StateEvent::EditingBegun(policy.clone()), "Edit"),
    };
    html! {
        <>
            if let Some(command) = delete {
                <Act key="delete" class="link" event={StateEvent::Changed(command)} label={format!("Delete {name}")} then_focus="middle-title">{ "Delete" }</Act>
            }
            <Act key="edit" class="button" {event} label={format!("{words} {name}")}>{ words }</Act>
        </>
    }
}
