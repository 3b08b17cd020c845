//! From a world to JSON; by hand like reading.

use std::fmt::{Display, Write};
use std::sync::Arc;

use super::Beside;
use super::reading::{FACTORS, RESOURCES};
use crate::analysis::Pinned;
use crate::model::{
    AccessKey, Account, Asking, ControlKind, ControlPolicy, Group, Holder, InlinePolicy, InstanceProfile,
    ManagedPolicy, MfaDevice, Organization, PasswordHash, PasswordPolicy, Permissions, PolicyRef, PolicyVersion,
    PrincipalRef, Provider, ProviderKind, Resource, ResourceKind, Role, RootUser, Session, Tags, Time, User, World,
};

/// JSON that grows.
#[derive(Default)]
pub struct Json(String);

impl Json {
    pub fn into_text(self) -> String {
        self.0
    }

    /// A comma, unless this is the first of its brackets. No text ends in a bracket: its quote follows.
    fn comma(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
    }

    fn quoted(&mut self, text: &str) {
        // Text can always be written.
        self.0.push_str(&serde_json::to_string(text).unwrap_or_default());
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.quoted(key);
        self.0.push(':');
    }

    pub fn open(&mut self) {
        self.comma();
        self.0.push('{');
    }

    pub fn close(&mut self) {
        self.0.push('}');
    }

    pub fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.quoted(text);
    }

    /// A number or a truth.
    pub fn plain(&mut self, key: &str, value: &dyn Display) {
        self.key(key);
        // Writing to memory never fails.
        let _ = write!(self.0, "{value}");
    }

    fn optional_text(&mut self, key: &str, text: Option<&Arc<str>>) {
        match text {
            Some(text) => self.text(key, text),
            None => self.plain(key, &"null"),
        }
    }

    fn optional_time(&mut self, key: &str, time: Option<Time>) {
        match time {
            Some(Time(seconds)) => self.plain(key, &seconds),
            None => self.plain(key, &"null"),
        }
    }

    fn open_list(&mut self, key: &str) {
        self.key(key);
        self.0.push('[');
    }

    fn close_list(&mut self) {
        self.0.push(']');
    }

    fn texts<'a>(&mut self, key: &str, texts: impl IntoIterator<Item = &'a Arc<str>>) {
        self.open_list(key);
        for text in texts {
            self.comma();
            self.quoted(text);
        }
        self.close_list();
    }

    fn object<T>(&mut self, key: &str, value: Option<&T>, write: fn(&mut Self, &T)) {
        match value {
            None => self.plain(key, &"null"),
            Some(value) => {
                self.key(key);
                self.0.push('{');
                write(self, value);
                self.close();
            }
        }
    }

    fn objects<'a, T: 'a>(&mut self, key: &str, values: impl IntoIterator<Item = &'a T>, write: fn(&mut Self, &T)) {
        self.open_list(key);
        for value in values {
            self.open();
            write(self, value);
            self.close();
        }
        self.close_list();
    }
}

pub fn world(json: &mut Json, world: &World) {
    json.object("world", Some(world), |json, world| {
        json.text("name", &world.name);
        json.object("accounts", Some(&world.accounts), |json, accounts| {
            for (id, found) in accounts {
                json.object(id.as_str(), Some(&**found), account);
            }
        });
        json.object("organization", world.organization.as_deref(), organization);
        json.plain("serial", &world.serial);
    });
}

/// What is not there is not written.
pub fn beside(json: &mut Json, beside: &Beside) {
    if let Some(asking) = &beside.question {
        json.object("question", Some(asking), write_asking);
    }
    if !beside.drafts.is_empty() {
        json.objects("drafts", &beside.drafts, |json, (of, text)| {
            json.texts("policy", &policy(of));
            json.text("text", text);
        });
    }
    if !beside.pins.is_empty() {
        json.objects("pins", &beside.pins, |json, pin| {
            json.text("expect", pin.expected.id());
            match &pin.what {
                Pinned::Question(asking) => json.object("question", Some(asking), write_asking),
                Pinned::Case(line) => json.text("case", line),
            }
        });
    }
}

fn write_asking(json: &mut Json, asking: &Asking) {
    json.text("account", asking.account.as_str());
    json.texts("principal", &principal(&asking.principal));
    if asking.session != Session::default() {
        json.object("session", Some(&asking.session), session);
    }
    json.text("action", &asking.action);
    json.text("resource", &asking.resource);
    json.object("changes", Some(&asking.changes), |json, changes| {
        for (key, value) in changes {
            json.optional_text(key, value.as_deref().map(Arc::from).as_ref());
        }
    });
}

fn session(json: &mut Json, session: &Session) {
    json.optional_text("proof", session.proof.map(|proof| proof.id().into()).as_ref());
    json.optional_text("name", session.name.as_ref());
    json.object("tags", Some(&session.tags), |json, tags| {
        for (key, value) in tags {
            json.text(key, value);
        }
    });
    json.optional_text("sourceIdentity", session.source_identity.as_ref());
    json.optional_text("policy", session.policy.as_ref());
    json.texts("managed", &session.managed);
}

/// A word for the kind, then its names.
fn principal(principal: &PrincipalRef) -> Vec<Arc<str>> {
    match principal {
        PrincipalRef::Root => vec!["root".into()],
        PrincipalRef::User(name) => vec!["user".into(), name.clone()],
        PrincipalRef::Role(name) => vec!["role".into(), name.clone()],
        PrincipalRef::FederatedSession { role, provider } => vec!["session".into(), role.clone(), provider.clone()],
        PrincipalRef::Federated(provider) => vec!["federated".into(), provider.clone()],
        PrincipalRef::Service(name) => vec!["service".into(), name.clone()],
        PrincipalRef::Anonymous => vec!["anonymous".into()],
    }
}

/// A word for the kind, then its names.
fn policy(policy: &PolicyRef) -> Vec<Arc<str>> {
    let on = |word: &str, holder: &Holder, name: &Arc<str>| {
        vec![word.into(), holder.kind().into(), holder.name().clone(), name.clone()]
    };
    match policy {
        PolicyRef::Inline { holder, name } => on("inline", holder, name),
        PolicyRef::Attached { holder, arn } => on("attached", holder, arn),
        PolicyRef::Boundary { holder, arn } => on("boundary", holder, arn),
        PolicyRef::Resource { arn } => vec!["resource".into(), arn.clone()],
        PolicyRef::Trust { role } => vec!["trust".into(), role.clone()],
        PolicyRef::Control { node, name } => vec!["control".into(), node.clone(), name.clone()],
        PolicyRef::Session { arn } => std::iter::once("session".into()).chain(arn.clone()).collect(),
    }
}

fn account(json: &mut Json, account: &Account) {
    json.text("id", account.id.as_str());
    json.text("name", &account.name);
    json.optional_text("alias", account.alias.as_ref());
    json.object("root", Some(&account.root), root);
    json.plain("billingAccess", &account.billing_access);
    json.object("passwordPolicy", account.password_policy.as_ref(), password_policy);
    json.objects("users", account.users.iter(), user);
    json.objects("groups", account.groups.iter(), group);
    json.objects("roles", account.roles.iter(), role);
    json.objects("instanceProfiles", account.instance_profiles.iter(), instance_profile);
    json.objects("policies", account.policies.iter(), managed_policy);
    json.objects("providers", account.providers.iter(), provider);
    json.objects("resources", account.resources.iter(), resource);
}

fn root(json: &mut Json, root: &RootUser) {
    json.text("email", &root.email);
    json.object("password", root.password.as_ref(), password);
    credentials(json, &root.access_keys, &root.mfa_devices);
    json.optional_time("lastUsed", root.last_used);
}

fn credentials(json: &mut Json, access_keys: &[AccessKey], mfa_devices: &[MfaDevice]) {
    json.objects("accessKeys", access_keys, |json, key| {
        json.text("id", &key.id);
        json.plain("active", &key.active);
        json.plain("created", &key.created.0);
        json.optional_time("lastUsed", key.last_used);
    });
    json.objects("mfaDevices", mfa_devices, |json, device| {
        json.text("name", &device.name);
        let kind = FACTORS.iter().find(|(_, kind)| *kind == device.kind).map_or("", |(word, _)| word);
        json.text("kind", kind);
    });
}

/// What users, groups, roles and others begin with.
fn identity(json: &mut Json, name: &str, path: &str, id: &str) {
    json.text("name", name);
    json.text("path", path);
    json.text("id", id);
}

fn user(json: &mut Json, user: &User) {
    identity(json, &user.name, &user.path, &user.id);
    json.plain("created", &user.created.0);
    json.texts("groups", &user.groups);
    permissions(json, &user.permissions);
    json.optional_text("boundary", user.boundary.as_ref());
    tags(json, &user.tags);
    json.object("login", user.login.as_ref(), |json, login| {
        json.object("password", Some(&login.password), password);
        json.plain("resetRequired", &login.reset_required);
        json.plain("set", &login.set.0);
        json.optional_time("lastUsed", login.last_used);
    });
    credentials(json, &user.access_keys, &user.mfa_devices);
}

fn group(json: &mut Json, group: &Group) {
    identity(json, &group.name, &group.path, &group.id);
    json.plain("created", &group.created.0);
    permissions(json, &group.permissions);
}

fn role(json: &mut Json, role: &Role) {
    identity(json, &role.name, &role.path, &role.id);
    json.plain("created", &role.created.0);
    json.text("description", &role.description);
    json.text("trust", &role.trust);
    json.plain("maxSession", &role.max_session);
    permissions(json, &role.permissions);
    json.optional_text("boundary", role.boundary.as_ref());
    tags(json, &role.tags);
}

fn instance_profile(json: &mut Json, profile: &InstanceProfile) {
    identity(json, &profile.name, &profile.path, &profile.id);
    json.optional_text("role", profile.role.as_ref());
}

fn permissions(json: &mut Json, permissions: &Permissions) {
    json.object("permissions", Some(permissions), |json, permissions| {
        json.texts("attached", &permissions.attached);
        json.objects("inline", &permissions.inline, |json, InlinePolicy { name, text }| {
            json.text("name", name);
            json.text("text", text);
        });
    });
}

fn managed_policy(json: &mut Json, policy: &ManagedPolicy) {
    identity(json, &policy.name, &policy.path, &policy.id);
    json.text("description", &policy.description);
    tags(json, &policy.tags);
    json.objects("versions", &policy.versions, |json, PolicyVersion { number, text, created }| {
        json.plain("number", number);
        json.text("text", text);
        json.plain("created", &created.0);
    });
    json.plain("default", &policy.default);
}

fn provider(json: &mut Json, provider: &Provider) {
    json.text("name", &provider.name);
    json.object("kind", Some(&provider.kind), |json, kind| match kind {
        ProviderKind::Oidc { audiences } => {
            json.text("protocol", "oidc");
            json.texts("audiences", audiences);
        }
        ProviderKind::Saml { issuer } => {
            json.text("protocol", "saml");
            json.text("issuer", issuer);
        }
    });
}

fn resource(json: &mut Json, resource: &Resource) {
    json.text("arn", &resource.arn);
    let word = ResourceKind::ALL.iter().zip(RESOURCES).find(|(kind, _)| **kind == resource.kind);
    json.text("kind", word.map_or("", |(_, word)| word));
    tags(json, &resource.tags);
    json.optional_text("policy", resource.policy.as_ref());
    json.optional_text("role", resource.role.as_ref());
}

fn password(json: &mut Json, password: &PasswordHash) {
    json.text("salt", &password.salt);
    json.plain("rounds", &password.rounds);
    json.text("hash", &password.hash);
}

fn password_policy(json: &mut Json, policy: &PasswordPolicy) {
    let optional = |json: &mut Json, key, value: Option<&dyn Display>| json.plain(key, value.unwrap_or(&"null"));
    json.plain("minimumLength", &policy.minimum_length);
    json.plain("upper", &policy.upper);
    json.plain("lower", &policy.lower);
    json.plain("number", &policy.number);
    json.plain("symbol", &policy.symbol);
    optional(json, "expiresAfter", policy.expires_after.as_ref().map(|days| days as &dyn Display));
    optional(json, "remembered", policy.remembered.as_ref().map(|count| count as &dyn Display));
    json.plain("usersMayChange", &policy.users_may_change);
}

fn tags(json: &mut Json, tags: &Tags) {
    json.object("tags", Some(tags), |json, tags| {
        for (key, value) in tags {
            json.text(key, value);
        }
    });
}

fn organization(json: &mut Json, organization: &Organization) {
    json.text("id", &organization.id);
    json.text("root", &organization.root);
    json.text("management", organization.management.as_str());
    json.object("units", Some(&organization.units), |json, units| {
        for (id, unit) in units {
            json.object(id, Some(unit), |json, unit| {
                json.text("name", &unit.name);
                json.text("parent", &unit.parent);
            });
        }
    });
    json.object("places", Some(&organization.places), |json, places| {
        for (account, node) in places {
            json.text(account.as_str(), node);
        }
    });
    json.objects("policies", organization.policies.iter(), |json, ControlPolicy { name, kind, text }| {
        json.text("name", name);
        json.text("kind", if *kind == ControlKind::Service { "service" } else { "resource" });
        json.text("text", text);
    });
    json.object("attached", Some(&organization.attached), |json, attached| {
        for (node, names) in attached {
            json.texts(node, names);
        }
    });
}
