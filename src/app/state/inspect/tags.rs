//! Tags.

use super::{Form, FormId, Line, Object, Section, act, text};
use crate::model::{Command, Tagged, Tags};

pub fn section(tags: &Tags, tagged: &Tagged) -> Section {
    let line = |(key, value): (&std::sync::Arc<str>, &std::sync::Arc<str>)| Line {
        text: format!("{key} = {value}"),
        acts: vec![act("Remove tag", key, Command::Untag { tagged: tagged.clone(), key: key.clone() })],
    };
    Section {
        title: "Tags",
        lines: tags.iter().map(line).collect(),
        forms: vec![Form { id: FormId::Tag, submit: "Add tag", fields: vec![text("Key", ""), text("Value", "")] }],
        ..Section::default()
    }
}

pub fn command<'a>(object: &Object, text: &impl Fn(usize) -> &'a str) -> Result<Command, String> {
    let tagged = match object {
        Object::User(name) => Tagged::User(name.clone()),
        Object::Role(name) => Tagged::Role(name.clone()),
        Object::Policy(name) => Tagged::Policy(name.clone()),
        Object::Resource(arn) => Tagged::Resource(arn.clone()),
        Object::Account | Object::Root | Object::Group(_) => return Err("AWS has no tags there.".to_owned()),
    };
    Ok(Command::Tag { tagged, key: text(0).into(), value: text(1).into() })
}
