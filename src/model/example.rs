//! Worlds to begin with. The primer's is the one that the page opens on: an account with its root user, Administrator in
//! Administrators, a user in no group who may create DynamoDB tables and nothing else, and a role for each of the primer's
//! situations: a service that reads a bucket, an application on EC2, an app whose users sign in elsewhere.

mod ready;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use ready::{EXAMPLES, Example};

use super::command::{Command, Occasion, apply};
use super::credential::PasswordPolicy;
use super::identity::{Group, InlinePolicy, Permissions, Tags, User};
use super::named::Named;
use super::resource::{Resource, ResourceKind};
use super::time::Time;
use super::world::{Account, Holder, RootUser, World};
use crate::ident::AccountId;

/// The primer's administrator.
pub const ADMINISTRATOR: &str = "Administrator";
/// The primer's group.
pub const ADMINISTRATORS: &str = "Administrators";
/// A user in no group.
pub const TABLE_MAKER: &str = "TableMaker";
/// The role that Redshift loads data with.
pub const REDSHIFT_LOADER: &str = "RedshiftLoader";
/// The role of an application on EC2.
pub const PHOTO_SERVER: &str = "PhotoServer";
/// The role of an app whose users sign in with Login with Amazon, Facebook or Google.
pub const MOBILE_APP: &str = "MobileAppUser";
/// The mobile app, as Google knows it.
pub const GOOGLE_APP: &str = "407408718192.apps.googleusercontent.com";
/// The mobile app, as Login with Amazon knows it.
pub const AMAZON_APP: &str = "amzn1.application.EXAMPLE";
/// The mobile app, as Facebook knows it.
pub const FACEBOOK_APP: &str = "117743971608120";
/// ARN of the AWS managed policy AdministratorAccess.
pub const ADMINISTRATOR_ACCESS: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// 2026-01-05T09:00:00Z: when the example accounts were made.
const FOUNDED: Time = Time(1_767_603_600);

const CREATE_TABLES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "CreateTables",
      "Effect": "Allow",
      "Action": "dynamodb:CreateTable",
      "Resource": "arn:aws:dynamodb:*:123456789012:table/*"
    }
  ]
}
"#;

const TRUST_REDSHIFT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "RedshiftMayUseThis",
      "Effect": "Allow",
      "Principal": { "Service": "redshift.amazonaws.com" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": { "aws:SourceAccount": "123456789012" }
      }
    }
  ]
}
"#;

const READ_SALES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListSales",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-sales"
    },
    {
      "Sid": "ReadSales",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-sales/*"
    }
  ]
}
"#;

const TRUST_EC2: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "InstancesMayUseThis",
      "Effect": "Allow",
      "Principal": { "Service": "ec2.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

const SERVE_PHOTOS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ServePhotos",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::example-photos/*"
    }
  ]
}
"#;

const TRUST_PROVIDERS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Google",
      "Effect": "Allow",
      "Principal": { "Federated": "accounts.google.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "accounts.google.com:aud": "407408718192.apps.googleusercontent.com" }
      }
    },
    {
      "Sid": "Amazon",
      "Effect": "Allow",
      "Principal": { "Federated": "www.amazon.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "www.amazon.com:app_id": "amzn1.application.EXAMPLE" }
      }
    },
    {
      "Sid": "Facebook",
      "Effect": "Allow",
      "Principal": { "Federated": "graph.facebook.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "graph.facebook.com:app_id": "117743971608120" }
      }
    }
  ]
}
"#;

const OWN_PHOTOS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnPhotos",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": [
        "arn:aws:s3:::example-photos/google/${accounts.google.com:sub}/*",
        "arn:aws:s3:::example-photos/amazon/${www.amazon.com:user_id}/*",
        "arn:aws:s3:::example-photos/facebook/${graph.facebook.com:id}/*"
      ]
    }
  ]
}
"#;

/// An account with nothing in it but its root user.
pub fn empty_account(id: AccountId, name: &str, email: &str) -> Account {
    Account {
        id,
        name: name.into(),
        alias: None,
        root: RootUser {
            email: email.into(),
            password: None,
            access_keys: Vec::new(),
            mfa_devices: Vec::new(),
            last_used: None,
        },
        billing_access: false,
        password_policy: None::<PasswordPolicy>,
        users: Named::default(),
        groups: Named::default(),
        roles: Named::default(),
        instance_profiles: Named::default(),
        policies: Named::default(),
        providers: Named::default(),
        resources: Named::default(),
    }
}

/// A world of one account.
pub fn empty(name: &str) -> World {
    let id = AccountId::example();
    let account = empty_account(id.clone(), "Example account", "owner@example.com");
    World { name: name.into(), accounts: BTreeMap::from([(id, Arc::new(account))]), organization: None, serial: 0 }
}

/// The part of the primer's world that the opening question is about, made without commands: the first answer is to be
/// quick, and so is not to bring their code.
pub fn administrator_alone() -> World {
    let id = AccountId::example();
    let mut account = empty_account(id.clone(), "Example account", "owner@example.com");
    account.groups.add(Group {
        name: ADMINISTRATORS.into(),
        path: "/".into(),
        id: "AGPAEXAMPLE".into(),
        created: FOUNDED,
        permissions: Permissions { attached: vec![ADMINISTRATOR_ACCESS.into()], inline: Vec::new() },
    });
    let mut groups = BTreeSet::new();
    groups.insert(ADMINISTRATORS.into());
    account.users.add(User {
        name: ADMINISTRATOR.into(),
        path: "/".into(),
        id: "AIDAEXAMPLE".into(),
        created: FOUNDED,
        groups,
        permissions: Permissions::default(),
        boundary: None,
        tags: Tags::new(),
        login: None,
        access_keys: Vec::new(),
        mfa_devices: Vec::new(),
    });
    let mut accounts = BTreeMap::new();
    accounts.insert(id, Arc::new(account));
    World { name: "Primer".into(), accounts, organization: None, serial: 2 }
}

/// The primer's world.
pub fn primer() -> World {
    let commands =
        [administrators(), table_maker(), sales_loader(), photo_server(), mobile_app(), vec![orders(), photos()]]
            .concat();
    build(empty("Primer"), &commands)
}

fn user(name: &str) -> Command {
    Command::CreateUser { name: name.into(), path: "/".into(), tags: Vec::new() }
}

fn role(name: &str, description: &str, trust: &str) -> Command {
    Command::CreateRole {
        name: name.into(),
        path: "/".into(),
        description: description.into(),
        trust: trust.into(),
        tags: Vec::new(),
    }
}

fn inline(holder: Holder, name: &str, text: &str) -> Command {
    Command::PutInlinePolicy { holder, policy: InlinePolicy { name: name.into(), text: text.into() } }
}

fn in_role(name: &str) -> Holder {
    Holder::Role(name.into())
}

fn resource(arn: &str, kind: ResourceKind) -> Command {
    Command::CreateResource {
        resource: Resource { arn: arn.into(), kind, tags: Tags::new(), policy: None, role: None },
    }
}

/// The group with all permissions, and Administrator in it.
fn administrators() -> Vec<Command> {
    vec![
        Command::CreateGroup { name: ADMINISTRATORS.into(), path: "/".into() },
        Command::AttachPolicy { holder: Holder::Group(ADMINISTRATORS.into()), arn: ADMINISTRATOR_ACCESS.into() },
        user(ADMINISTRATOR),
        Command::AddUserToGroup { user: ADMINISTRATOR.into(), group: ADMINISTRATORS.into() },
    ]
}

fn table_maker() -> Vec<Command> {
    vec![user(TABLE_MAKER), inline(Holder::User(TABLE_MAKER.into()), "CreateTables", CREATE_TABLES)]
}

fn sales_loader() -> Vec<Command> {
    let resources = vec![
        resource("arn:aws:s3:::example-sales", ResourceKind::Bucket),
        resource("arn:aws:redshift:us-east-1:123456789012:cluster:sales", ResourceKind::Cluster),
    ];
    [redshift_loader(), resources].concat()
}

/// The role that Redshift loads the sales with.
pub fn redshift_loader() -> Vec<Command> {
    vec![
        role(REDSHIFT_LOADER, "Lets Redshift load the sales data", TRUST_REDSHIFT),
        inline(in_role(REDSHIFT_LOADER), "ReadSales", READ_SALES),
    ]
}

fn photo_server() -> Vec<Command> {
    let instance = resource("arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0", ResourceKind::Instance);
    [photo_server_role(), vec![instance]].concat()
}

/// The role of the photo server, in an instance profile of the same name.
pub fn photo_server_role() -> Vec<Command> {
    vec![
        role(PHOTO_SERVER, "The photo server on EC2", TRUST_EC2),
        inline(in_role(PHOTO_SERVER), "ServePhotos", SERVE_PHOTOS),
        Command::CreateInstanceProfile { name: PHOTO_SERVER.into(), path: "/".into() },
        Command::AddRoleToInstanceProfile { profile: PHOTO_SERVER.into(), role: PHOTO_SERVER.into() },
    ]
}

/// The role of the mobile app.
pub fn mobile_app() -> Vec<Command> {
    vec![
        role(MOBILE_APP, "Whoever signs in to the mobile app", TRUST_PROVIDERS),
        inline(in_role(MOBILE_APP), "OwnPhotos", OWN_PHOTOS),
    ]
}

fn orders() -> Command {
    resource("arn:aws:dynamodb:us-east-1:123456789012:table/Orders", ResourceKind::Table)
}

fn photos() -> Command {
    resource("arn:aws:s3:::example-photos", ResourceKind::Bucket)
}

/// A world after commands. What would be refused is left out; the tests see to it that nothing is.
fn build(world: World, commands: &[Command]) -> World {
    let occasion = Occasion { account: AccountId::example(), now: FOUNDED };
    commands.iter().fold(world, |world, command| apply(&world, command, &occasion).unwrap_or(world))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_primer_has_an_identity_of_every_kind() {
        let world = primer();
        let account = world.account(&AccountId::example()).expect("the account");
        assert_eq!(account.members(ADMINISTRATORS).map(|name| &**name).collect::<Vec<_>>(), [ADMINISTRATOR]);
        assert_eq!((account.users.len(), account.groups.len(), account.roles.len()), (2, 1, 3));
        assert!(account.roles.iter().all(|role| role.permissions.inline.len() == 1));
        assert_eq!(account.instance_profiles.iter().filter(|profile| profile.role.is_some()).count(), 1);
        assert_eq!(account.resources.len(), 5);
    }
}
