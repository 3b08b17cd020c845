//! The organization: its tree, its accounts, and the policies that limit them.

use std::sync::Arc;

use super::{Act, FieldKind, Form, FormId, Line, Section, Sheet, act, field, text};
use crate::app::state::Event;
use crate::ident::AccountId;
use crate::model::control;
use crate::model::{Account, Command, ControlKind, ControlPolicy, FULL_AWS_ACCESS, Organization, PolicyRef, World};

pub fn sheet(world: &World, account: &Account) -> Sheet {
    let Some(organization) = &world.organization else {
        let words = "Create organization";
        let begin = Act { words, label: words.to_owned(), event: Event::Changed(Command::CreateOrganization) };
        let text = format!("Account {} becomes its management account.", account.id.grouped());
        return Sheet {
            title: "Organization".to_owned(),
            sections: vec![Section {
                title: "No organization yet",
                note: "An organization puts accounts into units and limits them with control policies.".to_owned(),
                lines: vec![Line { text, acts: vec![begin] }],
                ..Section::default()
            }],
            ..Sheet::default()
        };
    };
    Sheet {
        title: "Organization".to_owned(),
        facts: vec![
            ("Organization ID", organization.id.to_string()),
            ("Management account", organization.management.grouped()),
        ],
        sections: vec![tree(world, organization), accounts(world, organization), policies(organization)],
    }
}

/// A node of the tree.
struct Node {
    id: Arc<str>,
    /// With its kind.
    name: String,
    depth: usize,
    /// Whether units and accounts can be in it.
    is_parent: bool,
}

impl Node {
    /// As a choice: its id comes last.
    fn choice(&self) -> String {
        format!("{} ({})", self.name, self.id)
    }
}

/// The id of a choice.
fn chosen(text: &str) -> Arc<str> {
    text.rsplit_once('(').map_or(text, |(_, id)| id.trim_end_matches(')')).into()
}

/// Every node from the root down; units before accounts.
fn nodes(world: &World, organization: &Organization) -> Vec<Node> {
    let root = Node { id: organization.root.clone(), name: "Root".to_owned(), depth: 0, is_parent: true };
    let mut found = vec![root];
    below(world, organization, &organization.root, 1, &mut found);
    found
}

fn below(world: &World, organization: &Organization, node: &Arc<str>, depth: usize, found: &mut Vec<Node>) {
    // A ring in a damaged save ends here.
    if depth > organization.units.len() + 1 {
        return;
    }
    for (id, unit) in organization.units.iter().filter(|(_, unit)| unit.parent == *node) {
        found.push(Node { id: id.clone(), name: format!("Unit {}", unit.name), depth, is_parent: true });
        below(world, organization, id, depth + 1, found);
    }
    for (id, _) in organization.places.iter().filter(|(_, place)| *place == node) {
        let name = format!("Account {}", world.account(id).map_or(id.as_str(), |account| &account.name));
        found.push(Node { id: id.as_str().into(), name, depth, is_parent: false });
    }
}

fn choices(label: &'static str, choices: Vec<String>) -> super::Field {
    field(label, choices.first().cloned().unwrap_or_default(), FieldKind::Choice(choices))
}

fn tree(world: &World, organization: &Organization) -> Section {
    let all = nodes(world, organization);
    let targets = choices("Target", all.iter().map(Node::choice).collect());
    let own = organization.policies.names().map(|name| name.to_string());
    let names = choices("Control policy", own.chain([FULL_AWS_ACCESS.to_owned()]).collect());
    let attach = Form { id: FormId::Attach, submit: "Attach control policy", fields: vec![targets, names] };
    let unit =
        Form { id: FormId::Unit, submit: "Create unit", fields: vec![text("Unit name", ""), parents("Under", &all)] };
    Section {
        title: "Tree",
        note: "A control policy limits the accounts below it; the management account is limited by none.".to_owned(),
        lines: all.iter().map(|node| line(organization, node)).collect(),
        forms: vec![attach, unit],
    }
}

fn parents(label: &'static str, nodes: &[Node]) -> super::Field {
    choices(label, nodes.iter().filter(|node| node.is_parent).map(Node::choice).collect())
}

fn line(organization: &Organization, node: &Node) -> Line {
    let Node { id, name: at, depth, .. } = node;
    let names = organization.attached.get(id).cloned().unwrap_or_default();
    let is_own = |name: &&Arc<str>| ***name != *FULL_AWS_ACCESS;
    let show = |name: &Arc<str>| {
        let policy = PolicyRef::Control { node: id.clone(), name: name.clone() };
        let event = Event::Picked(Box::new(Event::PolicyShown(policy)));
        Act { words: "Show", label: format!("Show {name} at {at}"), event }
    };
    let detach = |name: &Arc<str>| {
        let command = Command::DetachControlPolicy { target: id.clone(), name: name.clone() };
        act("Detach", &format!("{name} from {at}"), command)
    };
    let deletable = organization.units.contains_key(id);
    let delete = deletable.then(|| act("Delete", at, Command::DeleteOrganizationalUnit { id: id.clone() }));
    let shown = names.iter().filter(is_own).map(show);
    let detached = names.iter().filter(|name| names.len() > 1 || is_own(name)).map(detach);
    let indent = "\u{2003}".repeat(*depth);
    Line { text: format!("{indent}{at}: {}", names.join(", ")), acts: shown.chain(detached).chain(delete).collect() }
}

fn accounts(world: &World, organization: &Organization) -> Section {
    let line = |id: &AccountId| Line {
        text: format!("{id} {}", world.account(id).map_or("", |account| &account.name)),
        acts: vec![Act {
            words: "Go to",
            label: format!("Go to account {id}"),
            event: Event::Picked(Box::new(Event::AccountChosen(id.clone()))),
        }],
    };
    let member = vec![text("Account name", ""), text("Root user email address", "")];
    let ids = choices("Account", organization.places.keys().map(ToString::to_string).collect());
    let places = vec![ids, parents("To", &nodes(world, organization))];
    Section {
        title: "Accounts",
        lines: organization.places.keys().map(line).collect(),
        forms: vec![
            Form { id: FormId::Member, submit: "Create account", fields: member },
            Form { id: FormId::Move, submit: "Move account", fields: places },
        ],
        ..Section::default()
    }
}

fn policies(organization: &Organization) -> Section {
    let line = |policy: &ControlPolicy| {
        let kind = if policy.kind == ControlKind::Service { "SCP" } else { "RCP" };
        let delete = Command::DeleteControlPolicy { name: policy.name.clone() };
        Line { text: format!("{} ({kind})", policy.name), acts: vec![act("Delete", &policy.name, delete)] }
    };
    let templates = choices("Begin with", control::TEMPLATES.iter().map(|(words, ..)| (*words).to_owned()).collect());
    Section {
        title: "Control policies",
        note: "Attach one, then show it to change its text.".to_owned(),
        lines: organization.policies.iter().map(line).collect(),
        forms: vec![Form {
            id: FormId::Control,
            submit: "Create control policy",
            fields: vec![text("Policy name", ""), templates],
        }],
    }
}

pub fn command<'a>(world: &World, form: FormId, text: &impl Fn(usize) -> &'a str) -> Result<Command, String> {
    Ok(match form {
        FormId::Member => Command::CreateAccount { name: text(0).into(), email: text(1).into() },
        FormId::Unit => Command::CreateOrganizationalUnit { name: text(0).into(), parent: chosen(text(1)) },
        FormId::Move => Command::MoveAccount {
            account: AccountId::parse(text(0)).map_err(|error| error.to_string())?,
            to: chosen(text(1)),
        },
        FormId::Attach => Command::AttachControlPolicy { target: chosen(text(0)), name: text(1).into() },
        _ => {
            let id = world.organization.as_ref().map_or("", |organization| &organization.id);
            let begins = control::TEMPLATES.iter().find(|(words, ..)| *words == text(1));
            let (_, kind, template) = begins.ok_or("Choose what to begin with.")?;
            let text_of = control::for_organization(template, id).into();
            Command::CreateControlPolicy { policy: ControlPolicy { name: text(0).into(), kind: *kind, text: text_of } }
        }
    })
}
