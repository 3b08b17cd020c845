//! What a flow needs in a world: added where it is missing, left alone where it is there. Faults change it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ident::AccountId;
use crate::model::{
    Account, Command, ControlKind, ControlPolicy, FULL_AWS_ACCESS, Holder, InlinePolicy, MfaKind, Named, Occasion,
    Organization, Provider, ProviderKind, Resource, ResourceKind, SignsIn, Tags, Time, World, apply, example,
};

/// The account in which policies of flows are written down; it is replaced by the account that the flow runs in.
const WRITTEN: &str = "123456789012";
/// The account that manages an organization made for a flow.
const MANAGEMENT: &str = "111122223333";

/// A world while a flow makes itself at home in it.
#[derive(Clone, Debug)]
pub struct Setting {
    world: World,
    home: AccountId,
    at: AccountId,
    now: Time,
    variant: &'static str,
    added: Vec<String>,
}

impl Setting {
    /// A world, and the account in it that the flow runs in. An account that is not there is made.
    pub fn new(world: World, home: AccountId, (variant, now): (&'static str, Time)) -> Self {
        let mut setting = Self { world, at: home.clone(), home: home.clone(), now, variant, added: Vec::new() };
        setting.account(home.as_str(), "Example account");
        setting.home()
    }

    /// The world as it is now, and what was added to it, in words.
    pub fn done(self) -> (World, Vec<String>) {
        (self.world, self.added)
    }

    /// The account that the flow runs in.
    pub fn home_id(&self) -> &AccountId {
        &self.home
    }

    /// Whether it is for this variant.
    pub fn is(&self, variant: &str) -> bool {
        self.variant == variant
    }

    fn home(mut self) -> Self {
        self.at = self.home.clone();
        self
    }

    /// Goes on in the account of this number, which is made where it is missing. A text that is no number changes nothing.
    pub fn account(&mut self, id: &str, name: &str) {
        let Ok(id) = AccountId::parse(id) else { return };
        if self.world.account(&id).is_none() {
            let email = format!("owner@{}.example.com", name.to_lowercase().replace(' ', "-"));
            let account = example::empty_account(id.clone(), name, &email);
            self.world.accounts.insert(id.clone(), Arc::new(account));
            self.added.push(format!("account {} ({name})", id.grouped()));
        }
        self.at = id;
    }

    /// Goes on in the account that the flow runs in.
    pub fn go_home(&mut self) {
        self.at = self.home.clone();
    }

    /// A user with its inline policies.
    pub fn user(&mut self, name: &str, inline: &[(&str, &str)]) {
        if self.here().is_some_and(|account| account.users.contains(name)) {
            return;
        }
        self.add("user", name, Command::CreateUser { name: name.into(), path: "/".into(), tags: Vec::new() });
        for (policy, text) in inline {
            self.in_user(name, policy, text);
        }
    }

    /// An access key of a user that has none.
    pub fn access_key(&mut self, user: &str) {
        if self.here().and_then(|account| account.users.get(user)).is_some_and(|user| user.access_keys.is_empty()) {
            self.run(&Command::CreateAccessKey { of: SignsIn::User(user.into()) });
        }
    }

    /// An authenticator app of a user that has no second factor.
    pub fn authenticator(&mut self, user: &str, name: &str) {
        if self.here().and_then(|account| account.users.get(user)).is_some_and(|user| user.mfa_devices.is_empty()) {
            let of = SignsIn::User(user.into());
            self.run(&Command::EnableMfaDevice { of, name: name.into(), kind: MfaKind::App });
        }
    }

    /// A role with its inline policies; true when it was not there before.
    pub fn role(&mut self, name: &str, about: &str, trust: &str, inline: &[(&str, &str)]) -> bool {
        self.role_at(("/", name), about, trust, inline)
    }

    /// A role under a path.
    pub fn role_at(&mut self, (path, name): (&str, &str), about: &str, trust: &str, inline: &[(&str, &str)]) -> bool {
        if self.here().is_some_and(|account| account.roles.contains(name)) {
            return false;
        }
        let (description, trust) = (about.into(), self.localized(trust));
        let command =
            Command::CreateRole { name: name.into(), path: path.into(), description, trust, tags: Vec::new() };
        let made = self.add("role", name, command);
        for (policy, text) in inline {
            self.in_role(name, policy, text);
        }
        made
    }

    /// The role of the primer's mobile app.
    pub fn mobile_app(&mut self) {
        self.primer_role(example::MOBILE_APP, &example::mobile_app());
    }

    /// The role with which the primer's Redshift loads the sales.
    pub fn redshift_loader(&mut self) {
        self.primer_role(example::REDSHIFT_LOADER, &example::redshift_loader());
    }

    /// The role of the primer's photo server, with its instance profile.
    pub fn photo_server(&mut self) {
        self.primer_role(example::PHOTO_SERVER, &example::photo_server_role());
    }

    fn primer_role(&mut self, name: &str, commands: &[Command]) {
        if self.here().is_some_and(|account| account.roles.contains(name)) {
            return;
        }
        let mut made = true;
        for command in commands {
            let localized = match command {
                Command::CreateRole { name, path, description, trust, tags } => Command::CreateRole {
                    name: name.clone(),
                    path: path.clone(),
                    description: description.clone(),
                    trust: self.localized(trust),
                    tags: tags.clone(),
                },
                other => other.clone(),
            };
            made &= self.make(&localized);
        }
        if made {
            self.added.push(format!("role {name}"));
        }
    }

    /// An instance profile with a role in it.
    pub fn instance_profile(&mut self, name: &str, role: &str) {
        if self.here().is_some_and(|account| account.instance_profiles.contains(name)) {
            return;
        }
        self.add("instance profile", name, Command::CreateInstanceProfile { name: name.into(), path: "/".into() });
        self.run(&Command::AddRoleToInstanceProfile { profile: name.into(), role: role.into() });
    }

    /// An OpenID Connect provider, by its issuer without `https://`.
    pub fn oidc_provider(&mut self, host: &str, audiences: &[&str]) {
        let audiences = audiences.iter().map(|&audience| audience.into()).collect();
        self.provider(host, ProviderKind::Oidc { audiences });
    }

    /// A SAML provider.
    pub fn saml_provider(&mut self, name: &str, issuer: &str) {
        self.provider(name, ProviderKind::Saml { issuer: issuer.into() });
    }

    fn provider(&mut self, name: &str, kind: ProviderKind) {
        if self.here().is_some_and(|account| account.providers.contains(name)) {
            return;
        }
        let provider = Provider { name: name.into(), kind };
        self.add("identity provider", name, Command::CreateProvider { provider });
    }

    /// A resource; what it works with is the ARN of a role or instance profile. True when it was not there before.
    pub fn resource(&mut self, arn: &str, kind: ResourceKind, role: Option<&str>) -> bool {
        let arn = self.localized(arn);
        if self.world.resource(&arn).is_some() {
            return false;
        }
        let role = role.map(|role| self.localized(role));
        let resource = Resource { arn: arn.clone(), kind, tags: Tags::new(), policy: None, role };
        self.add(kind.words(), &arn, Command::CreateResource { resource })
    }

    /// Replaces the trust policy of a role.
    pub fn trust(&mut self, role: &str, text: &str) {
        let text = self.localized(text);
        self.run(&Command::UpdateAssumeRolePolicy { role: role.into(), text });
    }

    /// Sets or replaces an inline policy of a role.
    pub fn in_role(&mut self, role: &str, name: &str, text: &str) {
        let policy = InlinePolicy { name: name.into(), text: self.localized(text) };
        self.run(&Command::PutInlinePolicy { holder: Holder::Role(role.into()), policy });
    }

    /// Bounds a role by a managed policy of this name.
    pub fn boundary(&mut self, role: &str, name: &str, text: &str) {
        let text = self.localized(text);
        self.run(&Command::CreatePolicy { name: name.into(), path: "/".into(), description: "".into(), text });
        let arn = format!("arn:aws:iam::{}:policy/{name}", self.at).into();
        self.run(&Command::PutPermissionsBoundary { holder: Holder::Role(role.into()), arn });
    }

    /// Sets or replaces an inline policy of a user.
    pub fn in_user(&mut self, user: &str, name: &str, text: &str) {
        let policy = InlinePolicy { name: name.into(), text: self.localized(text) };
        self.run(&Command::PutInlinePolicy { holder: Holder::User(user.into()), policy });
    }

    /// Sets or replaces the policy of a resource.
    pub fn resource_policy(&mut self, arn: &str, text: &str) {
        let (arn, text) = (self.localized(arn), self.localized(text));
        self.run(&Command::PutResourcePolicy { arn, text });
    }

    /// Any other change; one that AWS would refuse changes nothing.
    pub fn run(&mut self, command: &Command) {
        self.make(command);
    }

    /// True when the change was made.
    fn make(&mut self, command: &Command) -> bool {
        let occasion = Occasion { account: self.at.clone(), now: self.now };
        let changed = apply(&self.world, command, &occasion);
        match changed {
            Ok(world) => {
                self.world = world;
                true
            }
            Err(_) => false,
        }
    }

    /// A service or resource control policy on the account that the flow goes on in. Where there is no organization, one is
    /// made, with another account to manage it: the managing account itself is never limited (EVAL-32). An account that is
    /// in none joins.
    pub fn control(&mut self, kind: ControlKind, name: &str, text: &str) {
        if self.world.organization.is_none() {
            self.organization();
        }
        self.join();
        let target = self.at.as_str().into();
        let text = self.localized(text);
        let policy = ControlPolicy { name: name.into(), kind, text };
        let Some(management) = self.world.organization.as_ref().map(|found| found.management.clone()) else { return };
        let before = std::mem::replace(&mut self.at, management);
        self.run(&Command::CreateControlPolicy { policy });
        self.run(&Command::AttachControlPolicy { target, name: name.into() });
        self.at = before;
    }

    /// An organization with every account of the world in it.
    fn organization(&mut self) {
        let before = self.at.clone();
        self.account(MANAGEMENT, "Management");
        let management = std::mem::replace(&mut self.at, before);
        let (root, full): (Arc<str>, Arc<str>) = ("r-exam".into(), FULL_AWS_ACCESS.into());
        let members: Vec<AccountId> = self.world.accounts.keys().cloned().collect();
        let on_accounts = members.iter().map(|id| (Arc::from(id.as_str()), vec![full.clone()]));
        let attached = on_accounts.chain([(root.clone(), vec![full.clone()])]).collect();
        self.world.organization = Some(Arc::new(Organization {
            id: "o-exampleorg1".into(),
            root: root.clone(),
            management,
            units: BTreeMap::new(),
            places: members.into_iter().map(|id| (id, root.clone())).collect(),
            policies: Named::default(),
            attached,
        }));
    }

    /// The account that the setting goes on in becomes a member, under the root.
    fn join(&mut self) {
        let Some(organization) = self.world.organization.as_mut().map(Arc::make_mut) else { return };
        if !organization.places.contains_key(&self.at) {
            organization.places.insert(self.at.clone(), organization.root.clone());
            organization.attached.insert(self.at.as_str().into(), vec![FULL_AWS_ACCESS.into()]);
        }
    }

    fn here(&self) -> Option<&Account> {
        self.world.account(&self.at)
    }

    /// True when it was made.
    fn add(&mut self, kind: &str, name: &str, command: Command) -> bool {
        let made = self.make(&command);
        if made {
            self.added.push(format!("{kind} {name}"));
        }
        made
    }

    /// A text with the number of the flow's account in it.
    fn localized(&self, text: &str) -> Arc<str> {
        localized(text, &self.home)
    }
}

/// A text with the number of an account where policies are written with the example's.
pub(super) fn localized(text: &str, home: &AccountId) -> Arc<str> {
    if home.as_str() == WRITTEN { text.into() } else { text.replace(WRITTEN, home.as_str()).into() }
}

#[cfg(test)]
mod tests;
