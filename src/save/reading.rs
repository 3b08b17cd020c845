//! From JSON to a world. By hand, and without a way out at every field: what derives would make of it is ten times as much
//! code in the page. The tests hold it to what the derives say.

mod accounts;
mod beside;
mod credentials;
mod identities;

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Beside, FORMAT};
use crate::ident::AccountId;
use crate::model::{HasName, MfaKind, Named, Time, World};

/// Words for kinds of resources, in the order of [`ResourceKind::ALL`].
pub const RESOURCES: [&str; 10] =
    ["bucket", "object", "table", "function", "queue", "topic", "key", "secret", "instance", "cluster"];
/// Words for kinds of second factors.
pub const FACTORS: [(&str, MfaKind); 3] =
    [("passkey", MfaKind::Passkey), ("app", MfaKind::App), ("hardwareToken", MfaKind::HardwareToken)];

/// The world in a save, or the first thing that is wrong with it.
pub fn world(at: &Value) -> Result<World, String> {
    let mut save = Reading::default();
    let world = save.world(at);
    save.problem.map_or(Ok(world), Err)
}

/// What is kept beside the world of a save.
pub fn beside(at: &Value) -> Result<Beside, String> {
    let mut save = Reading::default();
    let question = save.optional(at, "question", Reading::asking);
    let drafts = if is_there(at, "drafts") { save.each(at, "drafts", Reading::draft) } else { Vec::new() };
    let pins = if is_there(at, "pins") { save.each(at, "pins", Reading::pin) } else { Vec::new() };
    save.problem.map_or(Ok(Beside { question, drafts, pins }), Err)
}

/// What was wrong first, and where reading is. After something is wrong reading goes on with what is at hand, and what it
/// gives is thrown away.
#[derive(Default)]
struct Reading {
    problem: Option<String>,
    place: Vec<String>,
}

/// The parts that everything else is made of.
impl Reading {
    #[cold]
    fn report(&mut self, what: String) {
        if self.problem.is_none() {
            let place: String = self.place.iter().flat_map(|place| ["in ", place, ", "]).collect();
            self.problem = Some(place + &what);
        }
    }

    #[cold]
    fn wrong(&mut self, name: &str) {
        self.report(format!("`{name}` is missing or not what it should be"));
    }

    /// What `found` holds of `name`, or a stand-in.
    fn expect<T: Default>(&mut self, name: &str, found: Option<T>) -> T {
        if found.is_none() {
            self.wrong(name);
        }
        found.unwrap_or_default()
    }

    /// Whatever else an object holds would be lost when it is saved again, so it is not read at all.
    fn fields(&mut self, at: &Value, names: &[&str]) {
        let mut keys = at.as_object().into_iter().flat_map(Map::keys);
        if let Some(key) = keys.find(|key| !names.contains(&key.as_str())) {
            self.report(format!("`{key}` is not known in format {FORMAT}"));
        }
    }

    fn text(&mut self, at: &Value, name: &str) -> Arc<str> {
        let text = at.get(name).and_then(Value::as_str);
        Arc::from(self.expect(name, text))
    }

    fn optional_text(&mut self, at: &Value, name: &str) -> Option<Arc<str>> {
        is_there(at, name).then(|| self.text(at, name))
    }

    fn list<'a>(&mut self, at: &'a Value, name: &str) -> &'a [Value] {
        let list = at.get(name).and_then(Value::as_array).map(Vec::as_slice);
        self.expect(name, list)
    }

    fn texts(&mut self, at: &Value, name: &str) -> Vec<Arc<str>> {
        let mut texts = Vec::new();
        for text in self.list(at, name) {
            texts.push(Arc::from(self.expect(name, text.as_str())));
        }
        texts
    }

    fn flag(&mut self, at: &Value, name: &str) -> bool {
        self.expect(name, at.get(name).and_then(Value::as_bool))
    }

    fn number(&mut self, at: &Value, name: &str) -> u64 {
        self.expect(name, at.get(name).and_then(Value::as_u64))
    }

    fn bounded(&mut self, at: &Value, name: &str, most: u64) -> u64 {
        let number = at.get(name).and_then(Value::as_u64).filter(|number| *number <= most);
        self.expect(name, number)
    }

    fn small(&mut self, at: &Value, name: &str) -> u32 {
        self.bounded(at, name, u32::MAX.into()) as u32
    }

    fn time(&mut self, at: &Value, name: &str) -> Time {
        Time(self.expect(name, at.get(name).and_then(Value::as_i64)))
    }

    fn optional_time(&mut self, at: &Value, name: &str) -> Option<Time> {
        is_there(at, name).then(|| self.time(at, name))
    }

    fn account_id(&mut self, id: &str) -> AccountId {
        AccountId::parse(id).unwrap_or_else(|error| {
            self.report(error.to_string());
            AccountId::example()
        })
    }

    fn entries<'a>(&mut self, at: &'a Value, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        let object = at.get(name).and_then(Value::as_object);
        if object.is_none() {
            self.wrong(name);
        }
        object.into_iter().flat_map(Map::iter)
    }

    fn inside<T>(&mut self, at: &Value, name: &str, read: fn(&mut Self, &Value) -> T) -> T {
        self.place.push(format!("`{name}`"));
        let read = read(self, at.get(name).unwrap_or(&Value::Null));
        self.place.pop();
        read
    }

    fn optional<T>(&mut self, at: &Value, name: &str, read: fn(&mut Self, &Value) -> T) -> Option<T> {
        is_there(at, name).then(|| self.inside(at, name, read))
    }

    /// Goes into one object of a list, which is known by its name or its place there.
    fn enter(&mut self, list: &str, at: usize, value: &Value) {
        self.place.push(match value.get("name").and_then(Value::as_str) {
            Some(name) => format!("`{name}` of `{list}`"),
            None => format!("number {} of `{list}`", at + 1),
        });
    }

    fn each<T>(&mut self, at: &Value, name: &str, read: fn(&mut Self, &Value) -> T) -> Vec<T> {
        let mut found = Vec::new();
        for (place, value) in self.list(at, name).iter().enumerate() {
            self.enter(name, place, value);
            found.push(read(self, value));
            self.place.pop();
        }
        found
    }

    fn named<T: HasName + Clone>(&mut self, at: &Value, name: &str, read: fn(&mut Self, &Value) -> T) -> Named<T> {
        let mut named = Named::default();
        for (place, value) in self.list(at, name).iter().enumerate() {
            self.enter(name, place, value);
            let object = read(self, value);
            if !named.add(object) {
                self.report("the name is there twice".to_owned());
            }
            self.place.pop();
        }
        named
    }
}

fn is_there(at: &Value, name: &str) -> bool {
    at.get(name).is_some_and(|value| !value.is_null())
}
