//! Passwords, access keys and second factors.

use serde_json::Value;

use super::{FACTORS, Reading};
use crate::model::{AccessKey, LoginProfile, MfaDevice, MfaKind, PasswordHash};

impl Reading {
    pub(super) fn login(&mut self, at: &Value) -> LoginProfile {
        self.fields(at, &["password", "resetRequired", "set", "lastUsed"]);
        LoginProfile {
            password: self.inside(at, "password", Self::password),
            reset_required: self.flag(at, "resetRequired"),
            set: self.time(at, "set"),
            last_used: self.optional_time(at, "lastUsed"),
        }
    }

    pub(super) fn password(&mut self, at: &Value) -> PasswordHash {
        self.fields(at, &["salt", "rounds", "hash"]);
        PasswordHash { salt: self.text(at, "salt"), rounds: self.small(at, "rounds"), hash: self.text(at, "hash") }
    }

    pub(super) fn access_key(&mut self, at: &Value) -> AccessKey {
        self.fields(at, &["id", "active", "created", "lastUsed"]);
        AccessKey {
            id: self.text(at, "id"),
            active: self.flag(at, "active"),
            created: self.time(at, "created"),
            last_used: self.optional_time(at, "lastUsed"),
        }
    }

    pub(super) fn mfa_device(&mut self, at: &Value) -> MfaDevice {
        self.fields(at, &["name", "kind"]);
        let word = self.text(at, "kind");
        let kind = FACTORS.iter().find(|(known, _)| **known == *word).map(|(_, kind)| *kind);
        if kind.is_none() {
            self.wrong("kind");
        }
        MfaDevice { name: self.text(at, "name"), kind: kind.unwrap_or(MfaKind::App) }
    }
}
