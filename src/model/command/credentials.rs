//! Passwords, access keys and MFA devices.

use std::sync::Arc;

use super::{Editing, SignsIn};
use crate::model::credential::{AccessKey, LoginProfile, MfaDevice, MfaKind, PasswordHash};
use crate::model::refusal::Refusal;
use crate::model::{limits, rules};

/// Longest name of an MFA device (CON-91).
const LONGEST: usize = 128;

impl Editing {
    pub(super) fn create_login_profile(
        &mut self,
        user: &Arc<str>,
        password: &PasswordHash,
        reset_required: bool,
    ) -> Result<(), Refusal> {
        let now = self.now;
        let found = self.user(user)?;
        if found.login.is_some() {
            return Err(Refusal::taken(format!("Login Profile for user {user} already exists.")));
        }
        found.login = Some(LoginProfile { password: password.clone(), reset_required, set: now, last_used: None });
        Ok(())
    }

    fn login(&mut self, user: &Arc<str>) -> Result<&mut LoginProfile, Refusal> {
        let missing = || Refusal::missing(format!("Login Profile for User {user} cannot be found."));
        self.user(user)?.login.as_mut().ok_or_else(missing)
    }

    pub(super) fn update_login_profile(
        &mut self,
        user: &Arc<str>,
        password: &PasswordHash,
        reset_required: bool,
    ) -> Result<(), Refusal> {
        let now = self.now;
        let login = self.login(user)?;
        *login = LoginProfile { password: password.clone(), reset_required, set: now, last_used: login.last_used };
        Ok(())
    }

    pub(super) fn delete_login_profile(&mut self, user: &Arc<str>) -> Result<(), Refusal> {
        self.login(user)?;
        self.user(user)?.login = None;
        Ok(())
    }

    fn keys(&mut self, of: &SignsIn) -> Result<&mut Vec<AccessKey>, Refusal> {
        Ok(match of {
            SignsIn::Root => &mut self.account.root.access_keys,
            SignsIn::User(name) => &mut self.user(name)?.access_keys,
        })
    }

    pub(super) fn create_access_key(&mut self, of: &SignsIn) -> Result<(), Refusal> {
        if self.keys(of)?.len() >= limits::ACCESS_KEYS {
            let remedy = "Delete one of the two keys first.";
            return Err(Refusal::quota("AccessKeysPerUser", limits::ACCESS_KEYS, remedy));
        }
        let key = AccessKey { id: self.unique_id("AKIA"), active: true, created: self.now, last_used: None };
        self.keys(of)?.push(key);
        Ok(())
    }

    pub(super) fn update_access_key(&mut self, of: &SignsIn, id: &Arc<str>, active: bool) -> Result<(), Refusal> {
        let found = self.keys(of)?.iter_mut().find(|key| key.id == *id);
        found.ok_or_else(|| no_key(id))?.active = active;
        Ok(())
    }

    pub(super) fn delete_access_key(&mut self, of: &SignsIn, id: &Arc<str>) -> Result<(), Refusal> {
        let keys = self.keys(of)?;
        let at = keys.iter().position(|key| key.id == *id);
        keys.remove(at.ok_or_else(|| no_key(id))?);
        Ok(())
    }

    fn devices(&mut self, of: &SignsIn) -> Result<&mut Vec<MfaDevice>, Refusal> {
        Ok(match of {
            SignsIn::Root => &mut self.account.root.mfa_devices,
            SignsIn::User(name) => &mut self.user(name)?.mfa_devices,
        })
    }

    pub(super) fn enable_mfa_device(&mut self, of: &SignsIn, name: &Arc<str>, kind: MfaKind) -> Result<(), Refusal> {
        rules::name("virtualMFADeviceName", name, LONGEST)?;
        let in_account = self.account.users.iter().flat_map(|user| &user.mfa_devices);
        let is_taken = |device: &MfaDevice| device.name.eq_ignore_ascii_case(name);
        if in_account.chain(&self.account.root.mfa_devices).any(is_taken) {
            return Err(Refusal::taken(format!("MFADevice entity at the same path and name already exists: {name}.")));
        }
        let devices = self.devices(of)?;
        if devices.len() >= limits::MFA_DEVICES {
            let remedy = "Take another device away first.";
            return Err(Refusal::quota("MFADevicesPerUser", limits::MFA_DEVICES, remedy));
        }
        devices.push(MfaDevice { name: name.clone(), kind });
        Ok(())
    }

    pub(super) fn deactivate_mfa_device(&mut self, of: &SignsIn, name: &Arc<str>) -> Result<(), Refusal> {
        let devices = self.devices(of)?;
        let at = devices.iter().position(|device| device.name == *name);
        devices.remove(at.ok_or_else(|| Refusal::missing(format!("MFA device {name} cannot be found.")))?);
        Ok(())
    }

    pub(super) fn set_root_password(&mut self, password: &PasswordHash) -> Result<(), Refusal> {
        self.account.root.password = Some(password.clone());
        Ok(())
    }

    pub(super) fn record_sign_in(&mut self, of: &SignsIn) -> Result<(), Refusal> {
        let now = self.now;
        match of {
            SignsIn::Root => self.account.root.last_used = Some(now),
            SignsIn::User(name) => self.login(name)?.last_used = Some(now),
        }
        Ok(())
    }
}

fn no_key(id: &str) -> Refusal {
    Refusal::missing(format!("The Access Key with id {id} cannot be found."))
}
