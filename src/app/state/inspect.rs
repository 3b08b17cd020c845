//! What the inspector shows of an object, and what its forms do: data that one component draws.

mod account;
mod credentials;
mod identities;
mod tags;

use std::sync::Arc;

use super::Event;
use crate::model::{Account, Command, Tagged};
pub use identities::renamed;

/// Something that can be inspected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// The account.
    Account,
    /// Its root user.
    Root,
    /// The user of this name.
    User(Arc<str>),
    /// The group of this name.
    Group(Arc<str>),
    /// The role of this name.
    Role(Arc<str>),
    /// The customer managed policy of this name.
    Policy(Arc<str>),
    /// The resource of this ARN.
    Resource(Arc<str>),
}

/// Everything about an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its kind and name.
    pub title: String,
    /// What is fixed or follows: name and value.
    pub facts: Vec<(&'static str, String)>,
    /// What can be changed.
    pub sections: Vec<Section>,
}

/// A group of things that can be changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its title.
    pub title: &'static str,
    /// What there is to know first.
    pub note: String,
    /// What is there.
    pub lines: Vec<Line>,
    /// What can be added or set.
    pub forms: Vec<Form>,
}

/// One thing that is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What.
    pub text: String,
    /// What can be done with it.
    pub acts: Vec<Act>,
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Its words.
    pub words: &'static str,
    /// Its name where several buttons have the same words.
    pub label: String,
    /// What it does.
    pub event: Event,
}

/// Some fields and a button.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Which form.
    pub id: FormId,
    /// The words of its button.
    pub submit: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its label.
    pub label: &'static str,
    /// What it begins with.
    pub value: String,
    /// What it takes.
    pub kind: FieldKind,
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// A password.
    Secret,
    /// Yes or no; `yes` is yes.
    Check,
    /// One of these.
    Choice(Vec<String>),
}

/// Every form of the inspector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormId {
    /// Another name.
    Rename,
    /// Description and longest session of a role.
    Role,
    /// A tag.
    Tag,
    /// A console password; the browser hashes it first.
    Password,
    /// A new access key; the browser makes its secret up.
    AccessKey,
    /// A second factor.
    Mfa,
    /// The account's alias.
    Alias,
    /// The rules for passwords.
    PasswordPolicy,
    /// An OpenID Connect provider.
    Oidc,
    /// A SAML provider.
    Saml,
    /// An instance profile.
    InstanceProfile,
}

/// Everything about an object; `None` when it is gone.
pub fn sheet(account: &Account, object: &Object) -> Option<Sheet> {
    match object {
        Object::Account => Some(account::sheet(account)),
        Object::Root => Some(credentials::root_sheet(account)),
        Object::User(name) => identities::user(account, name),
        Object::Group(name) => identities::group(account, name),
        Object::Role(name) => identities::role(account, name),
        Object::Policy(name) => identities::policy(account, name),
        Object::Resource(arn) => {
            let resource = account.resources.get(arn)?;
            Some(Sheet {
                title: format!("{} {arn}", resource.kind.words()),
                facts: vec![("ARN", arn.to_string())],
                sections: vec![tags::section(&resource.tags, &Tagged::Resource(arn.clone()))],
            })
        }
    }
}

/// The command of a filled-in form, or what is wrong with it.
pub fn command(account: &Account, object: &Object, form: FormId, texts: &[String]) -> Result<Command, String> {
    let text = |at: usize| texts.get(at).map_or("", |text| text.trim());
    match form {
        FormId::Rename | FormId::Role => identities::command(object, form, &text),
        FormId::Tag => tags::command(object, &text),
        FormId::Mfa => credentials::mfa(account, object, &text),
        FormId::Password | FormId::AccessKey => Err("This is done by the browser.".to_owned()),
        FormId::Alias | FormId::PasswordPolicy | FormId::Oidc | FormId::Saml | FormId::InstanceProfile => {
            account::command(form, &text)
        }
    }
}

fn field(label: &'static str, value: impl Into<String>, kind: FieldKind) -> Field {
    Field { label, value: value.into(), kind }
}

fn text(label: &'static str, value: impl Into<String>) -> Field {
    field(label, value, FieldKind::Text)
}

fn check(label: &'static str, on: bool) -> Field {
    field(label, if on { "yes" } else { "" }, FieldKind::Check)
}

fn act(words: &'static str, what: &str, command: Command) -> Act {
    Act { words, label: format!("{words} {what}"), event: Event::Changed(command) }
}

#[cfg(test)]
mod tests;
