//! The world: its accounts with what is in them, and their organization.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::{RESOURCES, Reading, is_there};
use crate::model::{
    Account, ControlKind, ControlPolicy, Organization, PasswordPolicy, Provider, ProviderKind, Resource, ResourceKind,
    RootUser, Unit, World,
};

impl Reading {
    pub(super) fn world(&mut self, at: &Value) -> World {
        self.fields(at, &["name", "accounts", "organization", "serial"]);
        let mut accounts = BTreeMap::new();
        for (id, value) in self.entries(at, "accounts") {
            self.place.push(format!("account `{id}`"));
            accounts.insert(self.account_id(id), Arc::new(self.account(value)));
            self.place.pop();
        }
        let organization = self.optional(at, "organization", Self::organization).map(Arc::new);
        World { name: self.text(at, "name"), accounts, organization, serial: self.number(at, "serial") }
    }

    pub(super) fn account(&mut self, at: &Value) -> Account {
        self.fields(
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

    pub(super) fn root(&mut self, at: &Value) -> RootUser {
        self.fields(at, &["email", "password", "accessKeys", "mfaDevices", "lastUsed"]);
        RootUser {
            email: self.text(at, "email"),
            password: self.optional(at, "password", Self::password),
            access_keys: self.each(at, "accessKeys", Self::access_key),
            mfa_devices: self.each(at, "mfaDevices", Self::mfa_device),
            last_used: self.optional_time(at, "lastUsed"),
        }
    }

    pub(super) fn password_policy(&mut self, at: &Value) -> PasswordPolicy {
        self.fields(
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

    pub(super) fn provider(&mut self, at: &Value) -> Provider {
        self.fields(at, &["name", "kind"]);
        Provider { name: self.text(at, "name"), kind: self.inside(at, "kind", Self::provider_kind) }
    }

    pub(super) fn provider_kind(&mut self, at: &Value) -> ProviderKind {
        let protocol = self.text(at, "protocol");
        match &*protocol {
            "oidc" => {
                self.fields(at, &["protocol", "audiences"]);
                ProviderKind::Oidc { audiences: self.texts(at, "audiences") }
            }
            "saml" => {
                self.fields(at, &["protocol", "issuer"]);
                ProviderKind::Saml { issuer: self.text(at, "issuer") }
            }
            _ => {
                self.wrong("protocol");
                ProviderKind::Oidc { audiences: Vec::new() }
            }
        }
    }

    pub(super) fn resource(&mut self, at: &Value) -> Resource {
        self.fields(at, &["arn", "kind", "tags", "policy", "role"]);
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

    pub(super) fn organization(&mut self, at: &Value) -> Organization {
        self.fields(at, &["id", "root", "management", "units", "places", "policies", "attached"]);
        let (mut units, mut places, mut attached) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (id, unit) in self.entries(at, "units") {
            self.fields(unit, &["name", "parent"]);
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

    pub(super) fn control_policy(&mut self, at: &Value) -> ControlPolicy {
        self.fields(at, &["name", "kind", "text"]);
        let word = self.text(at, "kind");
        let kind = if &*word == "service" { ControlKind::Service } else { ControlKind::Resource };
        if kind == ControlKind::Resource && &*word != "resource" {
            self.wrong("kind");
        }
        ControlPolicy { name: self.text(at, "name"), kind, text: self.text(at, "text") }
    }
}
