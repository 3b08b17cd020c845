//! From JSON to a world. By hand, and without a way out at every field: what derives would make of it is ten times as much
//! code in the page. The tests hold it to what the derives say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::FORMAT;
use crate::ident::AccountId;
use crate::model::{
    AccessKey, Account, ControlKind, ControlPolicy, Group, HasName, InlinePolicy, InstanceProfile, LoginProfile,
    ManagedPolicy, MfaDevice, MfaKind, Named, Organization, PasswordHash, PasswordPolicy, Permissions, PolicyVersion,
    Provider, ProviderKind, Resource, ResourceKind, Role, RootUser, Tags, Time, Unit, User, World,
};

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

/// What was wrong first, and where reading is. After something is wrong reading goes on with what is at hand, and what it
/// gives is thrown away.
#[derive(Default)]
struct Reading {
    problem: Option<String>,
    place: Vec<String>,
}

impl Reading {
    fn world(&mut self, at: &Value) -> World {
        self.only(at, &["name", "accounts", "organization", "serial"]);
        let mut accounts = BTreeMap::new();
        for (id, value) in self.entries(at, "accounts") {
            self.place.push(format!("account `{id}`"));
            accounts.insert(self.account_id(id), Arc::new(self.account(value)));
            self.place.pop();
        }
        let organization = self.optional(at, "organization", Self::organization).map(Arc::new);
        World { name: self.text(at, "name"), accounts, organization, serial: self.number(at, "serial") }
    }

    fn account(&mut self, at: &Value) -> Account {
        self.only(
            at,
            &[
                "id",
                "name",
                "alias",
                "root",
                "billingAccess",
                "passwordPolicy",
                "users",
                "groups",
                "roles",
                "instanceProfiles",
                "policies",
                "providers",
                "resources",
            ],
        );
        let id = self.text(at, "id");
        Account {
            id: self.account_id(&id),
            name: self.text(at, "name"),
            alias: self.optional_text(at, "alias"),
            root: self.inside(at, "root", Self::root),
            billing_access: self.flag(at, "billingAccess"),
            password_policy: self.optional(at, "passwordPolicy", Self::password_policy),
            users: self.named(at, "users", Self::user),
            groups: self.named(at, "groups", Self::group),
            roles: self.named(at, "roles", Self::role),
            instance_profiles: self.named(at, "instanceProfiles", Self::instance_profile),
            policies: self.named(at, "policies", Self::managed_policy),
            providers: self.named(at, "providers", Self::provider),
            resources: self.named(at, "resources", Self::resource),
        }
    }

    fn root(&mut self, at: &Value) -> RootUser {
        self.only(at, &["email", "password", "accessKeys", "mfaDevices", "lastUsed"]);
        RootUser {
            email: self.text(at, "email"),
            password: self.optional(at, "password", Self::password),
            access_keys: self.each(at, "accessKeys", Self::access_key),
            mfa_devices: self.each(at, "mfaDevices", Self::mfa_device),
            last_used: self.optional_time(at, "lastUsed"),
        }
    }

    fn user(&mut self, at: &Value) -> User {
        self.only(
            at,
            &[
                "name",
                "path",
                "id",
                "created",
                "groups",
                "permissions",
                "boundary",
                "tags",
                "login",
                "accessKeys",
                "mfaDevices",
            ],
        );
        let mut groups = BTreeSet::new();
        for group in self.texts(at, "groups") {
            groups.insert(group);
        }
        User {
            name: self.text(at, "name"),
            path: self.text(at, "path"),
            id: self.text(at, "id"),
            created: self.time(at, "created"),
            groups,
            permissions: self.inside(at, "permissions", Self::permissions),
            boundary: self.optional_text(at, "boundary"),
            tags: self.tags(at),
            login: self.optional(at, "login", Self::login),
            access_keys: self.each(at, "accessKeys", Self::access_key),
            mfa_devices: self.each(at, "mfaDevices", Self::mfa_device),
        }
    }

    fn group(&mut self, at: &Value) -> Group {
        self.only(at, &["name", "path", "id", "created", "permissions"]);
        Group {
            name: self.text(at, "name"),
            path: self.text(at, "path"),
            id: self.text(at, "id"),
            created: self.time(at, "created"),
            permissions: self.inside(at, "permissions", Self::permissions),
        }
    }

    fn role(&mut self, at: &Value) -> Role {
        self.only(
            at,
            &["name", "path", "id", "created", "description", "trust", "maxSession", "permissions", "boundary", "tags"],
        );
        Role {
            name: self.text(at, "name"),
            path: self.text(at, "path"),
            id: self.text(at, "id"),
            created: self.time(at, "created"),
            description: self.text(at, "description"),
            trust: self.text(at, "trust"),
            max_session: self.small(at, "maxSession"),
            permissions: self.inside(at, "permissions", Self::permissions),
            boundary: self.optional_text(at, "boundary"),
            tags: self.tags(at),
        }
    }

    fn instance_profile(&mut self, at: &Value) -> InstanceProfile {
        self.only(at, &["name", "path", "id", "role"]);
        InstanceProfile {
            name: self.text(at, "name"),
            path: self.text(at, "path"),
            id: self.text(at, "id"),
            role: self.optional_text(at, "role"),
        }
    }

    fn permissions(&mut self, at: &Value) -> Permissions {
        self.only(at, &["attached", "inline"]);
        Permissions { attached: self.texts(at, "attached"), inline: self.each(at, "inline", Self::inline) }
    }

    fn inline(&mut self, at: &Value) -> InlinePolicy {
        self.only(at, &["name", "text"]);
        InlinePolicy { name: self.text(at, "name"), text: self.text(at, "text") }
    }

    fn managed_policy(&mut self, at: &Value) -> ManagedPolicy {
        self.only(at, &["name", "path", "id", "description", "tags", "versions", "default"]);
        ManagedPolicy {
            name: self.text(at, "name"),
            path: self.text(at, "path"),
            id: self.text(at, "id"),
            description: self.text(at, "description"),
            tags: self.tags(at),
            versions: self.each(at, "versions", Self::version),
            default: self.small(at, "default"),
        }
    }

    fn version(&mut self, at: &Value) -> PolicyVersion {
        self.only(at, &["number", "text", "created"]);
        PolicyVersion {
            number: self.small(at, "number"),
            text: self.text(at, "text"),
            created: self.time(at, "created"),
        }
    }

    fn provider(&mut self, at: &Value) -> Provider {
        self.only(at, &["name", "kind"]);
        Provider { name: self.text(at, "name"), kind: self.inside(at, "kind", Self::provider_kind) }
    }

    fn provider_kind(&mut self, at: &Value) -> ProviderKind {
        let protocol = self.text(at, "protocol");
        match &*protocol {
            "oidc" => {
                self.only(at, &["protocol", "audiences"]);
                ProviderKind::Oidc { audiences: self.texts(at, "audiences") }
            }
            "saml" => {
                self.only(at, &["protocol", "issuer"]);
                ProviderKind::Saml { issuer: self.text(at, "issuer") }
            }
            _ => {
                self.wrong("protocol");
                ProviderKind::Oidc { audiences: Vec::new() }
            }
        }
    }

    fn resource(&mut self, at: &Value) -> Resource {
        self.only(at, &["arn", "kind", "tags", "policy", "role"]);
        let word = self.text(at, "kind");
        let place = RESOURCES.iter().position(|known| **known == *word);
        let kind = place.and_then(|place| ResourceKind::ALL.get(place).copied());
        if kind.is_none() {
            self.wrong("kind");
        }
        Resource {
            arn: self.text(at, "arn"),
            kind: kind.unwrap_or(ResourceKind::Bucket),
            tags: self.tags(at),
            policy: self.optional_text(at, "policy"),
            role: self.optional_text(at, "role"),
        }
    }

    fn login(&mut self, at: &Value) -> LoginProfile {
        self.only(at, &["password", "resetRequired", "set", "lastUsed"]);
        LoginProfile {
            password: self.inside(at, "password", Self::password),
            reset_required: self.flag(at, "resetRequired"),
            set: self.time(at, "set"),
            last_used: self.optional_time(at, "lastUsed"),
        }
    }

    fn password(&mut self, at: &Value) -> PasswordHash {
        self.only(at, &["salt", "rounds", "hash"]);
        PasswordHash { salt: self.text(at, "salt"), rounds: self.small(at, "rounds"), hash: self.text(at, "hash") }
    }

    fn access_key(&mut self, at: &Value) -> AccessKey {
        self.only(at, &["id", "active", "created", "lastUsed"]);
        AccessKey {
            id: self.text(at, "id"),
            active: self.flag(at, "active"),
            created: self.time(at, "created"),
            last_used: self.optional_time(at, "lastUsed"),
        }
    }

    fn mfa_device(&mut self, at: &Value) -> MfaDevice {
        self.only(at, &["name", "kind"]);
        let word = self.text(at, "kind");
        let kind = FACTORS.iter().find(|(known, _)| **known == *word).map(|(_, kind)| *kind);
        if kind.is_none() {
            self.wrong("kind");
        }
        MfaDevice { name: self.text(at, "name"), kind: kind.unwrap_or(MfaKind::App) }
    }

    fn password_policy(&mut self, at: &Value) -> PasswordPolicy {
        self.only(
            at,
            &["minimumLength", "upper", "lower", "number", "symbol", "expiresAfter", "remembered", "usersMayChange"],
        );
        let most = u64::from(u16::MAX);
        PasswordPolicy {
            minimum_length: self.bounded(at, "minimumLength", most) as u16,
            upper: self.flag(at, "upper"),
            lower: self.flag(at, "lower"),
            number: self.flag(at, "number"),
            symbol: self.flag(at, "symbol"),
            expires_after: is_there(at, "expiresAfter").then(|| self.bounded(at, "expiresAfter", most) as u16),
            remembered: is_there(at, "remembered").then(|| self.bounded(at, "remembered", 255) as u8),
            users_may_change: self.flag(at, "usersMayChange"),
        }
    }

    fn organization(&mut self, at: &Value) -> Organization {
        self.only(at, &["id", "root", "management", "units", "places", "policies", "attached"]);
        let (mut units, mut places, mut attached) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (id, unit) in self.entries(at, "units") {
            self.only(unit, &["name", "parent"]);
            units.insert(
                Arc::from(id.as_str()),
                Unit { name: self.text(unit, "name"), parent: self.text(unit, "parent") },
            );
        }
        let account_nodes = at.get("places").unwrap_or(&Value::Null);
        for (account, _) in self.entries(at, "places") {
            places.insert(self.account_id(account), self.text(account_nodes, account));
        }
        let node_names = at.get("attached").unwrap_or(&Value::Null);
        for (node, _) in self.entries(at, "attached") {
            attached.insert(Arc::from(node.as_str()), self.texts(node_names, node));
        }
        let management = self.text(at, "management");
        Organization {
            id: self.text(at, "id"),
            root: self.text(at, "root"),
            management: self.account_id(&management),
            units,
            places,
            policies: self.named(at, "policies", Self::control_policy),
            attached,
        }
    }

    fn control_policy(&mut self, at: &Value) -> ControlPolicy {
        self.only(at, &["name", "kind", "text"]);
        let word = self.text(at, "kind");
        let kind = if &*word == "service" { ControlKind::Service } else { ControlKind::Resource };
        if kind == ControlKind::Resource && &*word != "resource" {
            self.wrong("kind");
        }
        ControlPolicy { name: self.text(at, "name"), kind, text: self.text(at, "text") }
    }

    fn tags(&mut self, at: &Value) -> Tags {
        let mut tags = Tags::new();
        let values = at.get("tags").unwrap_or(&Value::Null);
        for (key, _) in self.entries(at, "tags") {
            tags.insert(Arc::from(key.as_str()), self.text(values, key));
        }
        tags
    }
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
    fn only(&mut self, at: &Value, names: &[&str]) {
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
