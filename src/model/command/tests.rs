pub(crate) mod organization;

use proptest::prelude::*;

use super::*;
use crate::model::identity::Tags;
use crate::model::refusal::{Code, Refusal};
use crate::model::resource::ResourceKind;
use crate::model::world::World;
use crate::model::{ControlKind, FULL_AWS_ACCESS, Organization, example, limits};

const ALLOW_ALL: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

pub(crate) fn occasion() -> Occasion {
    Occasion { account: AccountId::example(), now: Time(1_800_000_000) }
}

/// The world after all of them, or the first refusal.
fn after(world: World, commands: &[Command]) -> Result<World, Refusal> {
    commands.iter().try_fold(world, |world, command| apply(&world, command, &occasion()))
}

fn user(name: &str) -> Command {
    Command::CreateUser { name: name.into(), path: "/".into(), tags: Vec::new() }
}

fn group(name: &str) -> Command {
    Command::CreateGroup { name: name.into(), path: "/".into() }
}

fn role(name: &str) -> Command {
    Command::CreateRole {
        name: name.into(),
        path: "/".into(),
        description: "".into(),
        trust: TRUST.into(),
        tags: Vec::new(),
    }
}

fn policy(name: &str) -> Command {
    Command::CreatePolicy { name: name.into(), path: "/".into(), description: "".into(), text: ALLOW_ALL.into() }
}

fn join(user: &str, group: &str) -> Command {
    Command::AddUserToGroup { user: user.into(), group: group.into() }
}

fn attach(holder: Holder, arn: &str) -> Command {
    Command::AttachPolicy { holder, arn: arn.into() }
}

fn own_policy(name: &str) -> String {
    format!("arn:aws:iam::123456789012:policy/{name}")
}

#[track_caller]
fn refused(commands: &[Command]) -> (Code, String) {
    let refusal = after(example::empty("test"), commands).expect_err("a refusal");
    (refusal.code, refusal.message)
}

#[test]
fn names_that_differ_only_in_case_are_taken() {
    let taken = |message: &str| (Code::EntityAlreadyExists, message.to_owned());
    assert_eq!(refused(&[user("ann"), user("Ann")]), taken("User with name Ann already exists."));
    assert_eq!(refused(&[group("a"), group("A")]), taken("Group with name A already exists."));
    assert_eq!(refused(&[role("a"), role("A")]), taken("Role with name A already exists."));
    let duplicate = "A policy called a already exists. Duplicate names are not allowed.";
    assert_eq!(refused(&[policy("A"), policy("a")]), taken(duplicate));
}

#[test]
fn names_follow_the_grammar() {
    assert_eq!(refused(&[user("my user")]).0, Code::ValidationError);
    assert_eq!(refused(&[user("")]).0, Code::ValidationError);
    assert_eq!(refused(&[user(&"a".repeat(65))]).0, Code::ValidationError);
    assert!(
        after(example::empty("test"), &[user(&"a".repeat(64)), group(&"a".repeat(128)), user("ann@x.org")]).is_ok()
    );
    let odd_path = Command::CreateUser { name: "ann".into(), path: "dev".into(), tags: Vec::new() };
    assert_eq!(refused(&[odd_path]).0, Code::ValidationError);
}

#[test]
fn a_user_with_anything_hanging_on_it_cannot_be_deleted() {
    let delete = Command::DeleteUser { name: "ann".into() };
    let conflict = |message: &str| (Code::DeleteConflict, format!("Cannot delete entity, must {message} first."));
    let hanging = [
        (vec![group("g"), join("ann", "g")], "remove users from group"),
        (vec![attach(Holder::User("ann".into()), example::ADMINISTRATOR_ACCESS)], "detach all policies"),
        (vec![Command::CreateAccessKey { of: SignsIn::User("ann".into()) }], "delete access keys"),
    ];
    for (commands, message) in hanging {
        let all: Vec<_> = [user("ann")].into_iter().chain(commands).chain([delete.clone()]).collect();
        assert_eq!(refused(&all), conflict(message));
    }
    let world = after(example::empty("test"), &[user("ann"), delete]).expect("no refusal");
    assert!(world.account(&AccountId::example()).expect("the account").users.is_empty());
}

#[test]
fn a_policy_is_deleted_only_when_it_hangs_nowhere_and_has_one_version() {
    let delete = Command::DeletePolicy { name: "P".into() };
    let bound = Command::PutPermissionsBoundary { holder: Holder::User("ann".into()), arn: own_policy("P").into() };
    let attached = "Cannot delete a policy attached to entities.".to_owned();
    assert_eq!(refused(&[policy("P"), user("ann"), bound, delete.clone()]), (Code::DeleteConflict, attached));
    let version = Command::CreatePolicyVersion { name: "P".into(), text: ALLOW_ALL.into(), set_default: true };
    assert_eq!(refused(&[policy("P"), version.clone(), delete.clone()]).0, Code::DeleteConflict);
    let old = Command::DeletePolicyVersion { name: "P".into(), number: 1 };
    assert!(after(example::empty("test"), &[policy("P"), version, old, delete]).is_ok());
}

#[test]
fn a_sixth_version_is_refused_and_numbers_are_never_used_again() {
    let version = Command::CreatePolicyVersion { name: "P".into(), text: ALLOW_ALL.into(), set_default: false };
    let mut commands = vec![policy("P")];
    commands.extend(std::iter::repeat_n(version.clone(), limits::VERSIONS));
    assert_eq!(refused(&commands).0, Code::LimitExceeded);
    let delete = Command::DeletePolicyVersion { name: "P".into(), number: 2 };
    let world = after(example::empty("test"), &[policy("P"), version.clone(), delete, version]).expect("no refusal");
    let account = world.account(&AccountId::example()).expect("the account");
    let numbers: Vec<u32> =
        account.policies.get("P").expect("the policy").versions.iter().map(|version| version.number).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn an_eleventh_managed_policy_a_third_key_and_an_eleventh_group_are_refused() {
    let ann = Holder::User("ann".into());
    let attach = |number: usize| attach(ann.clone(), &format!("arn:aws:iam::aws:policy/P{number}"));
    let commands: Vec<_> = [user("ann")].into_iter().chain((0..=limits::ATTACHED).map(attach)).collect();
    assert_eq!(refused(&commands), (Code::LimitExceeded, "Cannot exceed quota for PoliciesPerUser: 10.".to_owned()));
    let key = Command::CreateAccessKey { of: SignsIn::Root };
    assert_eq!(
        refused(&[key.clone(), key.clone(), key]),
        (Code::LimitExceeded, "Cannot exceed quota for AccessKeysPerUser: 2.".to_owned())
    );
    let groups =
        (0..=limits::GROUPS_PER_USER).flat_map(|at| [group(&format!("g{at}")), join("ann", &format!("g{at}"))]);
    let commands: Vec<_> = [user("ann")].into_iter().chain(groups).collect();
    assert_eq!(refused(&commands).1, "Cannot exceed quota for GroupsPerUser: 10.");
}

#[test]
fn documents_that_aws_does_not_store_are_refused_with_their_place() {
    let holder = Holder::User("ann".into());
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": { \"Effect\": \"allow\" }\n}";
    let put = Command::PutInlinePolicy { holder, policy: InlinePolicy { name: "P".into(), text: text.into() } };
    let (code, message) = refused(&[user("ann"), put]);
    assert_eq!(code, Code::MalformedPolicyDocument);
    assert!(message.starts_with("Line 3, column "), "{message}");
}

#[test]
fn inline_policies_of_a_user_share_one_quota() {
    let long = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::{}"}}}}"#,
        "b".repeat(1_200)
    );
    let put = |name: &str| Command::PutInlinePolicy {
        holder: Holder::User("ann".into()),
        policy: InlinePolicy { name: name.into(), text: long.as_str().into() },
    };
    assert_eq!(
        refused(&[user("ann"), put("one"), put("two")]),
        (Code::LimitExceeded, "Maximum policy size of 2048 bytes exceeded for user ann.".to_owned())
    );
}

#[test]
fn renaming_keeps_ids_and_memberships() {
    let before = after(example::empty("test"), &[user("ann"), group("g"), join("ann", "g")]).expect("no refusal");
    let rename = [
        Command::RenameUser { name: "ann".into(), to: "Bob".into() },
        Command::RenameGroup { name: "g".into(), to: "h".into() },
    ];
    let next = after(before.clone(), &rename).expect("no refusal");
    let account = |world: &World| world.account(&AccountId::example()).expect("the account").clone();
    let id = account(&before).users.get("ann").map(|user| user.id.clone());
    let renamed = account(&next);
    assert_eq!(renamed.users.get("Bob").map(|user| user.id.clone()), id);
    assert_eq!(renamed.members("h").map(|name| &**name).collect::<Vec<_>>(), ["Bob"]);
}

#[test]
fn a_group_has_no_boundary_and_an_instance_no_resource_policy() {
    let bound = Command::PutPermissionsBoundary {
        holder: Holder::Group("g".into()),
        arn: example::ADMINISTRATOR_ACCESS.into(),
    };
    assert_eq!(refused(&[group("g"), bound]).0, Code::InvalidInput);
    let arn: Arc<str> = "arn:aws:ec2:us-east-1:123456789012:instance/i-1".into();
    let resource =
        Resource { arn: arn.clone(), kind: ResourceKind::Instance, tags: Tags::new(), policy: None, role: None };
    let put = Command::PutResourcePolicy { arn, text: ALLOW_ALL.into() };
    assert_eq!(refused(&[Command::CreateResource { resource }, put]).0, Code::InvalidInput);
}

#[test]
fn an_alias_is_no_account_id_and_has_no_double_dash() {
    for alias in ["123456789012", "a--b", "ab", "-abc", "Abc"] {
        assert_eq!(refused(&[Command::CreateAccountAlias { alias: alias.into() }]).0, Code::ValidationError, "{alias}");
    }
    assert!(after(example::empty("test"), &[Command::CreateAccountAlias { alias: "photo-app".into() }]).is_ok());
}

/// Commands over few names, so that many of them meet.
pub(crate) fn any_command() -> impl Strategy<Value = Command> {
    let name = || prop::sample::select(vec!["a", "A", "b", "c", "bad name"]).prop_map(Arc::<str>::from);
    let holder = || {
        (0..3u8, name()).prop_map(|(kind, name)| match kind {
            0 => Holder::User(name),
            1 => Holder::Group(name),
            _ => Holder::Role(name),
        })
    };
    let arn = || {
        prop::sample::select(vec![
            example::ADMINISTRATOR_ACCESS.to_owned(),
            own_policy("a"),
            own_policy("b"),
            "arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned(),
        ])
        .prop_map(Arc::<str>::from)
    };
    let signs_in =
        || (any::<bool>(), name()).prop_map(|(root, name)| if root { SignsIn::Root } else { SignsIn::User(name) });
    let hash = || Just(PasswordHash { salt: "c2FsdA==".into(), rounds: 1, hash: "aGFzaA==".into() });
    prop_oneof![
        name().prop_map(|name| user(&name)),
        name().prop_map(|name| group(&name)),
        name().prop_map(|name| role(&name)),
        name().prop_map(|name| policy(&name)),
        (name(), name()).prop_map(|(name, to)| Command::RenameUser { name, to }),
        (name(), name()).prop_map(|(name, to)| Command::RenameGroup { name, to }),
        name().prop_map(|name| Command::DeleteUser { name }),
        name().prop_map(|name| Command::DeleteGroup { name }),
        name().prop_map(|name| Command::DeleteRole { name }),
        name().prop_map(|name| Command::DeletePolicy { name }),
        (name(), name()).prop_map(|(user, group)| Command::AddUserToGroup { user, group }),
        (name(), name()).prop_map(|(user, group)| Command::RemoveUserFromGroup { user, group }),
        (holder(), arn()).prop_map(|(holder, arn)| Command::AttachPolicy { holder, arn }),
        (holder(), arn()).prop_map(|(holder, arn)| Command::DetachPolicy { holder, arn }),
        (holder(), arn()).prop_map(|(holder, arn)| Command::PutPermissionsBoundary { holder, arn }),
        holder().prop_map(|holder| Command::DeletePermissionsBoundary { holder }),
        (holder(), name()).prop_map(|(holder, name)| Command::PutInlinePolicy {
            holder,
            policy: InlinePolicy { name, text: ALLOW_ALL.into() },
        }),
        (holder(), name()).prop_map(|(holder, name)| Command::DeleteInlinePolicy { holder, name }),
        (name(), any::<bool>()).prop_map(|(name, set_default)| Command::CreatePolicyVersion {
            name,
            text: ALLOW_ALL.into(),
            set_default,
        }),
        (name(), 1..7u32).prop_map(|(name, number)| Command::SetDefaultPolicyVersion { name, number }),
        (name(), 1..7u32).prop_map(|(name, number)| Command::DeletePolicyVersion { name, number }),
        name().prop_map(|name| Command::CreateInstanceProfile { name, path: "/".into() }),
        name().prop_map(|name| Command::DeleteInstanceProfile { name }),
        (name(), name()).prop_map(|(profile, role)| Command::AddRoleToInstanceProfile { profile, role }),
        (name(), name()).prop_map(|(profile, role)| Command::RemoveRoleFromInstanceProfile { profile, role }),
        (name(), hash()).prop_map(|(user, password)| Command::CreateLoginProfile {
            user,
            password,
            reset_required: true,
        }),
        name().prop_map(|user| Command::DeleteLoginProfile { user }),
        signs_in().prop_map(|of| Command::CreateAccessKey { of }),
        (signs_in(), name()).prop_map(|(of, name)| Command::EnableMfaDevice { of, name, kind: MfaKind::App }),
        (signs_in(), name()).prop_map(|(of, name)| Command::DeactivateMfaDevice { of, name }),
        (name(), name()).prop_map(|(name, key)| Command::Tag { tagged: Tagged::User(name), key, value: "v".into() }),
    ]
}

/// What holds in every world that commands can make.
fn check_invariants(world: &World) {
    let account = world.account(&AccountId::example()).expect("the account");
    let mut ids: Vec<&Arc<str>> = Vec::new();
    ids.extend(account.users.iter().map(|user| &user.id));
    ids.extend(account.groups.iter().map(|group| &group.id));
    ids.extend(account.roles.iter().map(|role| &role.id));
    ids.extend(account.policies.iter().map(|policy| &policy.id));
    ids.extend(account.instance_profiles.iter().map(|profile| &profile.id));
    let keys = account.users.iter().flat_map(|user| &user.access_keys).chain(&account.root.access_keys);
    ids.extend(keys.map(|key| &key.id));
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id was given twice");
    assert!(world.serial >= count as u64);
    for user in account.users.iter() {
        assert!(user.groups.iter().all(|group| account.groups.get(group).is_some_and(|known| known.name == *group)));
        assert!(user.groups.len() <= limits::GROUPS_PER_USER);
        assert!(user.access_keys.len() <= limits::ACCESS_KEYS && user.mfa_devices.len() <= limits::MFA_DEVICES);
    }
    for profile in account.instance_profiles.iter() {
        assert!(profile.role.iter().all(|role| account.roles.get(role).is_some_and(|known| known.name == *role)));
    }
    for policy in account.policies.iter() {
        assert!((1..=limits::VERSIONS).contains(&policy.versions.len()) && policy.text().is_some());
        assert!(policy.versions.is_sorted_by(|older, newer| older.number < newer.number));
    }
    for arn in account.attached_arns() {
        assert!(arn.starts_with("arn:aws:iam::aws:") || account.policy(arn).is_some(), "{arn} hangs in the air");
    }
    let holders = account.users.iter().map(|user| Holder::User(user.name.clone()));
    let holders = holders.chain(account.groups.iter().map(|group| Holder::Group(group.name.clone())));
    for holder in holders.chain(account.roles.iter().map(|role| Holder::Role(role.name.clone()))) {
        let permissions = account.permissions(&holder).expect("permissions");
        assert!(permissions.attached.len() <= limits::ATTACHED);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_breaks_the_world(commands in prop::collection::vec(any_command(), 200)) {
        let mut world = example::primer();
        for command in &commands {
            if let Ok(next) = apply(&world, command, &occasion()) {
                prop_assert!(next.serial >= world.serial);
                world = next;
            }
        }
        check_invariants(&world);
    }

    #[test]
    fn a_world_survives_being_written_and_read(commands in prop::collection::vec(any_command(), 60)) {
        let world = commands.iter().fold(example::primer(), |world, command| {
            apply(&world, command, &occasion()).unwrap_or(world)
        });
        let text = serde_json::to_string(&world).expect("it can be written");
        prop_assert_eq!(serde_json::from_str::<World>(&text).expect("it can be read"), world);
    }
}
