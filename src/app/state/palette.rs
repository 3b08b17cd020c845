//! What the palette offers: every object of the world and every command, each with the [`Event`] that opens or runs it, and
//! which of them fit what was typed.

use std::borrow::Cow;
use std::sync::Arc;

use super::inspect::Object;
use super::{AttachTo, Attaching, Dialog, Event, NewKind, ShelfEvent, State, Tab, checks};
use crate::analysis::account::{Subject, words};
use crate::app::platform::theme::Theme;
use crate::eval::situation::callers;
use crate::model::example::EXAMPLES;
use crate::model::{Account, Command, Holder, PolicyRef, PrincipalRef};

/// How many rows are shown at most.
pub const MOST: usize = 50;

/// Something that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub words: String,
    /// What it is, or what picking it does.
    pub hint: Cow<'static, str>,
    /// What happens; `None` where it can only be found.
    pub event: Option<Event>,
    /// Whether it is one of AWS's policies, which come after everything of the world's own.
    of_aws: bool,
    folded: String,
}

impl Item {
    fn new(words: impl Into<String>, hint: impl Into<Cow<'static, str>>, event: impl Into<Option<Event>>) -> Self {
        let words = words.into();
        Self { folded: words.to_lowercase(), words, hint: hint.into(), event: event.into(), of_aws: false }
    }
}

/// Everything that can be found: commands, then objects, then AWS's policies.
pub fn items(state: &State) -> Vec<Item> {
    let account = state.account();
    let mut items = commands(state, &account);
    objects(state, &account, &mut items);
    policies_of_aws(state, &account, &mut items);
    items
}

fn commands(state: &State, account: &Account) -> Vec<Item> {
    let dialog = |words: &str, hint, dialog| Item::new(words, hint, Event::DialogOpened(dialog));
    let mut items = Vec::new();
    if let Some(label) = state.history.undoes() {
        items.push(Item::new(format!("Undo: {label}"), "change", Event::Undone));
    }
    if let Some(label) = state.history.redoes() {
        items.push(Item::new(format!("Redo: {label}"), "change", Event::Redone));
    }
    items.extend([
        dialog("Create user …", "all details", Dialog::NewUser),
        dialog("Create group …", "name", Dialog::New(NewKind::Group)),
        dialog("Create role …", "name and trust", Dialog::New(NewKind::Role)),
        dialog("Create policy …", "customer managed", Dialog::New(NewKind::Policy)),
        dialog("Create resource …", "name and kind", Dialog::New(NewKind::Resource)),
    ]);
    let asked = Some(&state.asked.principal).filter(|asked| account.has(asked));
    if let Some(holder) = asked.and_then(PrincipalRef::holder) {
        items.extend(on_holder(&holder));
    }
    items.extend(account.groups.names().flat_map(|name| on_holder(&Holder::Group(name.clone()))));
    items.extend([
        Item::new("Show checks", "view", Event::TabShown(Tab::Checks)),
        Item::new("Show policy", "view", Event::TabShown(Tab::Policy)),
        Item::new("Show graph", "view", Event::TabShown(Tab::Graph)),
        Item::new("Federation flows", "view", Event::FlowsWanted),
        match state.asked.signed_in {
            Some(_) => Item::new("Sign out", "session", Event::SignedOut),
            None => dialog("Sign in …", "session", Dialog::SignIn),
        },
        Item::new(if state.view.learning { "Edit freely" } else { "Learn mode" }, "session", Event::LearnToggled),
        dialog("Account settings …", "alias, billing, passwords, providers", Dialog::Inspect(Object::Account)),
        dialog("Organization …", "units, accounts, control policies", Dialog::Inspect(Object::Organization)),
        dialog("Worlds …", "open, rename, delete", Dialog::Worlds),
        Item::new("Save to a file", "world", Event::Shelf(ShelfEvent::FileWanted)),
        dialog("Timeline …", "snapshots of this world", Dialog::Timeline),
    ]);
    items.extend(
        callers(account)
            .into_iter()
            .map(|caller| Item::new(format!("Act as {caller}"), "session", Event::ActedAs(caller))),
    );
    items.extend(EXAMPLES.iter().map(|example| {
        let begun = Event::Shelf(ShelfEvent::Begun(example.id));
        Item::new(format!("New world: {}", example.name), "ready-made", begun)
    }));
    let others = state.shelf.worlds.iter().filter(|entry| entry.id != state.shelf.shown);
    items.extend(others.map(|entry| {
        Item::new(format!("Open {}", entry.name), "world", Event::Shelf(ShelfEvent::Wanted(entry.id.clone())))
    }));
    items.extend([
        Item::new("Theme: system", "look", Event::ThemeChosen(Theme::System)),
        Item::new("Theme: light", "look", Event::ThemeChosen(Theme::Light)),
        Item::new("Theme: dark", "look", Event::ThemeChosen(Theme::Dark)),
        dialog("What is modelled", "about", Dialog::About),
        dialog("Keys", "help", Dialog::Keys),
    ]);
    items
}

fn on_holder(holder: &Holder) -> [Item; 2] {
    let attaching = Attaching::new(AttachTo::Permissions(holder.clone()));
    let (kind, name) = (holder.kind(), holder.name());
    [
        Item::new(
            format!("Attach a policy to {kind} {name} …"),
            "AWS managed or your own",
            Event::DialogOpened(Dialog::Attach(attaching)),
        ),
        Item::new(
            format!("Write an inline policy for {kind} {name} …"),
            "JSON",
            Event::DialogOpened(Dialog::NewInline(holder.clone())),
        ),
    ]
}

fn objects(state: &State, account: &Account, items: &mut Vec<Item>) {
    let mut add = |words: String, hint: &'static str, subject: Subject| {
        items.push(Item::new(words, hint, checks::opens(&subject, account).map(|(_, event)| event)));
    };
    for name in account.users.names() {
        add(name.to_string(), "user", Subject::User(name.clone()));
    }
    add("root user".to_owned(), "root user", Subject::Root);
    for name in account.groups.names() {
        add(name.to_string(), "group", Subject::Group(name.clone()));
    }
    for name in account.roles.names() {
        add(name.to_string(), "role", Subject::Role(name.clone()));
    }
    for name in account.policies.names() {
        add(name.to_string(), "customer managed policy", Subject::Policy(name.clone()));
    }
    for resource in account.resources.iter() {
        let short = words::unquoted(&Subject::Resource(resource.arn.clone()));
        add(short, resource.kind.words(), Subject::Resource(resource.arn.clone()));
    }
    for name in account.providers.names() {
        add(name.to_string(), "identity provider", Subject::Provider(name.clone()));
    }
    inline_policies(account, items);
    let others = state.world.accounts.values().filter(|other| other.id != account.id);
    items.extend(others.map(|other| {
        Item::new(format!("{} {}", other.name, other.id), "account", Event::AccountChosen(other.id.clone()))
    }));
}

fn inline_policies(account: &Account, items: &mut Vec<Item>) {
    for holder in account.holders() {
        for inline in account.permissions(&holder).into_iter().flat_map(|permissions| &permissions.inline) {
            let policy = PolicyRef::Inline { holder: holder.clone(), name: inline.name.clone() };
            let hint = format!("inline policy of {} {}", holder.kind(), holder.name());
            items.push(Item::new(&*inline.name, hint, Event::PolicyShown(policy)));
        }
    }
}

/// One that hangs somewhere is shown there, another is attached to whoever is asked about.
fn policies_of_aws(state: &State, account: &Account, items: &mut Vec<Item>) {
    let Some(index) = state.site.index.ready() else { return };
    let asked = state.asked.principal.holder();
    let hanging: Vec<PolicyRef> =
        account.attached_arns().into_iter().filter_map(|arn| checks::hanging(account, arn)).collect();
    items.extend(index.entries().iter().map(|entry| {
        let arn: Arc<str> = entry.arn().into();
        let (hint, event): (Cow<'static, str>, _) =
            match (hanging.iter().find(|policy| policy.managed() == Some(&arn)), &asked) {
                (Some(policy), _) => ("AWS managed policy: show".into(), Some(Event::PolicyShown(policy.clone()))),
                (None, Some(holder)) => (
                    format!("AWS managed policy: attach to {}", holder.name()).into(),
                    Some(Event::Changed(Command::AttachPolicy { holder: holder.clone(), arn })),
                ),
                (None, None) => ("AWS managed policy; the root user takes none".into(), None),
            };
        Item { of_aws: true, ..Item::new(&*entry.name, hint, event) }
    }));
}

/// How well an item fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    WordStarts,
    Within,
}

fn fit(item: &Item, query: &str, words: &[&str]) -> Option<Fit> {
    if item.folded == query {
        return Some(Fit::Whole);
    }
    if item.folded.starts_with(query) {
        return Some(Fit::Beginning);
    }
    let hint = item.hint.to_lowercase();
    if !words.iter().all(|word| item.folded.contains(word) || hint.contains(word)) {
        return None;
    }
    let starts = |word: &&str| word_starts(&item.words, &item.folded, word) || word_starts(&item.hint, &hint, word);
    Some(if words.iter().all(starts) { Fit::WordStarts } else { Fit::Within })
}

/// Whether `word` stands at the start of a word of `text`: after a space or a sign, or at a capital within a name.
fn word_starts(text: &str, folded: &str, word: &str) -> bool {
    folded.match_indices(word).any(|(at, _)| {
        let before = folded.get(..at).and_then(|before| before.chars().next_back());
        let capital = text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
        before.is_none_or(|before| !before.is_alphanumeric()) || capital
    })
}

/// What fits `query`, best first, at most [`MOST`]: the world's own, what can be made of the text, then AWS's policies. Of
/// equals, the one that comes first in `items`.
pub fn found(items: &[Item], query: &str, account: &Account) -> Vec<Item> {
    let query_folded = query.trim().to_lowercase();
    let words: Vec<&str> = query_folded.split_whitespace().collect();
    let fits = items.iter().filter_map(|item| Some((fit(item, &query_folded, &words)?, item)));
    let mut fits: Vec<(bool, Fit, &Item)> = fits.map(|(fit, item)| (item.of_aws, fit, item)).collect();
    if !words.is_empty() {
        crate::text::order::sort_by_key(&mut fits, |(of_aws, fit, _)| (*of_aws, *fit));
    }
    let own = fits.partition_point(|(of_aws, fit, _)| !of_aws && *fit < Fit::Within);
    let mut found: Vec<Item> = fits.iter().take(MOST).map(|(.., item)| Item::clone(item)).collect();
    let at = own.min(found.len());
    found.splice(at..at, made_of(query, account, items));
    found.truncate(MOST);
    found
}

/// What can be made with the name that was typed: a user or a group, or the one that the text asks for.
fn made_of(query: &str, account: &Account, items: &[Item]) -> Vec<Item> {
    let mut typed: Vec<&str> = query.split_whitespace().collect();
    let mut take = |words: &[&str]| {
        let first = typed.first().filter(|_| typed.len() > 1)?;
        let taken = words.iter().position(|word| word.eq_ignore_ascii_case(first))?;
        typed.remove(0);
        Some(taken)
    };
    let creates = take(&["create", "new", "add"]).is_some();
    let kind = take(&["user", "group"]);
    let [name] = typed.as_slice() else { return Vec::new() };
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte));
    let word = ["user", "group", "users", "groups", "create"].iter().any(|word| word.eq_ignore_ascii_case(name));
    let of_aws = || items.iter().any(|item| item.of_aws && item.folded.eq_ignore_ascii_case(name));
    if !is_name || (kind.is_none() && (word || of_aws())) {
        return Vec::new();
    }
    let name: Arc<str> = (*name).into();
    let path: Arc<str> = "/".into();
    let user = (!account.users.contains(&name)).then(|| {
        let command = Command::CreateUser { name: name.clone(), path: path.clone(), tags: Vec::new() };
        made(command, "no groups, no password")
    });
    let create_group = || Command::CreateGroup { name: name.clone(), path };
    let group = (!account.groups.contains(&name)).then(|| made(create_group(), "no members, no policies"));
    match kind {
        Some(0) => user.into_iter().collect(),
        Some(_) => group.into_iter().collect(),
        // A name in the plural is a group's as a rule.
        None if name.ends_with(['s', 'S']) => group.into_iter().chain(user).collect(),
        // The same name twice is a mistake more often than not, unless it is asked for.
        None if !creates && (user.is_none() || group.is_none()) => Vec::new(),
        None => user.into_iter().chain(group).collect(),
    }
}

fn made(command: Command, hint: &'static str) -> Item {
    let label = command.to_string();
    let event = Event::ChangedTogether { label: label.as_str().into(), commands: [command].into(), stay: false };
    Item::new(label, hint, event)
}

#[cfg(test)]
mod tests;
