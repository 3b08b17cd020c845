//! Users, groups, roles and policies.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::Reading;
use crate::model::{Group, InlinePolicy, InstanceProfile, ManagedPolicy, Permissions, PolicyVersion, Role, Tags, User};

impl Reading {
    pub(super) fn user(&mut self, at: &Value) -> User {
        self.fields(
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

    pub(super) fn group(&mut self, at: &Value) -> Group {
        self.fields(at, &["name", "path", "id", "created", "permissions"]);
        Group {
            name: self.text(at, "name"),
            path: self.text(at, "path"),
            id: self.text(at, "id"),
            created: self.time(at, "created"),
            permissions: self.inside(at, "permissions", Self::permissions),
        }
    }

    pub(super) fn role(&mut self, at: &Value) -> Role {
        self.fields(
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

    pub(super) fn instance_profile(&mut self, at: &Value) -> InstanceProfile {
        self.fields(at, &["name", "path", "id", "role"]);
        InstanceProfile {
            name: self.text(at, "name"),
            path: self.text(at, "path"),
            id: self.text(at, "id"),
            role: self.optional_text(at, "role"),
        }
    }

    pub(super) fn permissions(&mut self, at: &Value) -> Permissions {
        self.fields(at, &["attached", "inline"]);
        Permissions { attached: self.texts(at, "attached"), inline: self.each(at, "inline", Self::inline) }
    }

    pub(super) fn inline(&mut self, at: &Value) -> InlinePolicy {
        self.fields(at, &["name", "text"]);
        InlinePolicy { name: self.text(at, "name"), text: self.text(at, "text") }
    }

    pub(super) fn managed_policy(&mut self, at: &Value) -> ManagedPolicy {
        self.fields(at, &["name", "path", "id", "description", "tags", "versions", "default"]);
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

    pub(super) fn version(&mut self, at: &Value) -> PolicyVersion {
        self.fields(at, &["number", "text", "created"]);
        PolicyVersion {
            number: self.small(at, "number"),
            text: self.text(at, "text"),
            created: self.time(at, "created"),
        }
    }

    pub(super) fn tags(&mut self, at: &Value) -> Tags {
        let mut tags = Tags::new();
        let values = at.get("tags").unwrap_or(&Value::Null);
        for (key, _) in self.entries(at, "tags") {
            tags.insert(Arc::from(key.as_str()), self.text(values, key));
        }
        tags
    }
}
