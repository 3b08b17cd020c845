//! Organizations: units, member accounts, control policies.

use super::*;

fn organized() -> World {
    after(example::empty("test"), &[Command::CreateOrganization]).expect("an organization")
}

fn scp(name: &str) -> Command {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;
    Command::CreateControlPolicy {
        policy: ControlPolicy { name: name.into(), kind: ControlKind::Service, text: text.into() },
    }
}

#[test]
fn units_are_five_deep_at_most() {
    let mut world = organized();
    let mut parent = world.organization.as_ref().expect("it").root.clone();
    for depth in 0..5 {
        let unit = Command::CreateOrganizationalUnit { parent: parent.clone(), name: format!("Unit{depth}").into() };
        world = after(world, &[unit]).expect("no refusal");
        let units = &world.organization.as_ref().expect("it").units;
        parent = units.iter().find(|(_, unit)| unit.parent == parent).expect("the new one").0.clone();
    }
    let sixth = Command::CreateOrganizationalUnit { parent, name: "TooDeep".into() };
    assert_eq!(after(world, &[sixth]).expect_err("EVAL-36").code, Code::ConstraintViolationException);
}

#[test]
fn a_member_account_is_limited_by_its_management_account_alone() {
    let member = Command::CreateAccount { name: "Member".into(), email: "member@example.com".into() };
    let world = after(organized(), &[member, scp("NoS3")]).expect("no refusal");
    let id = AccountId::parse("222222222222").expect("an id");
    let account = world.account(&id).expect("the member");
    assert!(account.billing_access, "CON-68");
    let attach = Command::AttachControlPolicy { target: id.as_str().into(), name: "NoS3".into() };
    let by_member = Occasion { account: id, ..occasion() };
    assert_eq!(apply(&world, &attach, &by_member).expect_err("a refusal").code, Code::AccessDeniedException);
    let world = after(world, &[attach]).expect("no refusal");
    let delete = Command::DeleteControlPolicy { name: "NoS3".into() };
    assert_eq!(after(world, &[delete]).expect_err("a refusal").code, Code::PolicyInUseException);
}

/// EVAL-31.
#[test]
fn the_last_service_control_policy_stays() {
    let world = organized();
    let target = world.organization.as_ref().expect("it").root.clone();
    let detach = Command::DetachControlPolicy { target, name: FULL_AWS_ACCESS.into() };
    assert_eq!(after(world, &[detach]).expect_err("a refusal").code, Code::ConstraintViolationException);
}

#[test]
fn an_organization_is_deleted_when_it_has_no_members() {
    let member = Command::CreateAccount { name: "Member".into(), email: "member@example.com".into() };
    let world = after(organized(), &[member]).expect("no refusal");
    let refusal = after(world.clone(), &[Command::DeleteOrganization]).expect_err("a member");
    assert_eq!(refusal.code, Code::OrganizationNotEmptyException);
    let close = |account| Command::CloseAccount { account };
    let refusal = after(world.clone(), &[close(AccountId::example())]).expect_err("the management account");
    assert_eq!(refusal.code, Code::ConstraintViolationException);
    let member = AccountId::parse("222222222222").expect("an id");
    let world = after(world, &[close(member), Command::DeleteOrganization]).expect("no refusal");
    assert_eq!((world.accounts.len(), world.organization), (1, None));
}

#[test]
fn an_address_belongs_to_one_account() {
    let member = |email: &str| Command::CreateAccount { name: "Member".into(), email: email.into() };
    for taken in ["owner@example.com", "Owner@Example.com", "nobody", "a@b"] {
        let refusal = after(organized(), &[member(taken)]).expect_err("a refusal");
        assert_eq!(refusal.code, Code::CreateAccountFailed, "{taken}");
    }
}

/// EVAL-47.
#[test]
fn a_resource_control_policy_only_denies_everyone_named_services() {
    let rcp = |effect: &str, principal: &str, action: &str| {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Principal":{principal},"Action":"{action}","Resource":"*"}}}}"#
        );
        let policy = ControlPolicy { name: "R".into(), kind: ControlKind::Resource, text: text.into() };
        after(organized(), &[Command::CreateControlPolicy { policy }]).map_err(|refusal| refusal.code)
    };
    assert!(rcp("Deny", r#""*""#, "s3:*").is_ok());
    let malformed = Some(Code::MalformedPolicyDocument);
    assert_eq!(rcp("Allow", r#""*""#, "s3:*").err(), malformed);
    assert_eq!(rcp("Deny", r#"{"AWS":"123456789012"}"#, "s3:*").err(), malformed);
    assert_eq!(rcp("Deny", r#""*""#, "*").err(), malformed);
}

/// A change to an organization, whose ids are only known when it comes to it: a kind, and which of what is there.
pub(crate) type OrganizationStep = (u8, usize, usize, &'static str);

pub(crate) fn any_organization_step() -> impl Strategy<Value = OrganizationStep> {
    (0..14u8, 0..12usize, 0..12usize, prop::sample::select(vec!["a", "A", "b", "c", "FullAWSAccess"]))
}

/// The command of a step, in a world.
pub(crate) fn organization_command(world: &World, step: OrganizationStep) -> Command {
    let (kind, one, other, name) = step;
    let organization = world.organization.as_deref();
    let nodes = |organization: &Organization| {
        let units = organization.units.keys().cloned();
        std::iter::once(organization.root.clone()).chain(units).collect::<Vec<_>>()
    };
    let nodes = organization.map(nodes).unwrap_or_default();
    let node = |at: usize| nodes.get(at % nodes.len().max(1)).cloned().unwrap_or_else(|| "nowhere".into());
    let accounts: Vec<_> = world.accounts.keys().cloned().collect();
    let account = |at: usize| accounts.get(at % accounts.len()).cloned().unwrap_or_else(AccountId::example);
    let target = if other % 3 == 0 { account(one).as_str().into() } else { node(one) };
    let name: Arc<str> = name.into();
    match kind {
        0 => Command::CreateOrganization,
        1 => Command::CreateAccount { name, email: format!("{one}@example.com").into() },
        2 | 3 => Command::CreateOrganizationalUnit { parent: node(one), name },
        4 => Command::UpdateOrganizationalUnit { id: node(one), name },
        5 => Command::DeleteOrganizationalUnit { id: node(one) },
        6 => Command::MoveAccount { account: account(one), to: node(other) },
        7 => scp(&name),
        8 => Command::UpdateControlPolicy { name, text: ALLOW_ALL.into() },
        9 => Command::DeleteControlPolicy { name },
        10 | 11 => Command::AttachControlPolicy { target, name },
        12 => Command::DetachControlPolicy { target, name },
        _ if one == 0 => Command::DeleteOrganization,
        _ => Command::CloseAccount { account: account(one) },
    }
}

/// What holds in every organization that commands can make.
fn check_organization(world: &World) {
    let Some(organization) = &world.organization else { return };
    let is_node = |id: &Arc<str>| *id == organization.root || organization.units.contains_key(id);
    assert!(organization.places.contains_key(&organization.management));
    assert!(organization.places.len() <= limits::MEMBER_ACCOUNTS);
    for (account, place) in &organization.places {
        assert!(world.account(account).is_some() && is_node(place), "{account} is at {place}");
        // The root, the units and the account.
        let way = organization.way_to(account);
        assert!(way.first() == Some(&organization.root) && way.len() <= limits::UNIT_DEPTH + 2);
    }
    for (id, unit) in &organization.units {
        let above = std::iter::successors(Some(id), |id| organization.units.get(*id).map(|unit| &unit.parent));
        assert!(above.count() <= limits::UNIT_DEPTH + 1 && is_node(&unit.parent), "{id}");
    }
    for (target, names) in &organization.attached {
        let is_member = organization.places.keys().any(|account| account.as_str() == &**target);
        assert!(is_node(target) || is_member, "policies on {target}");
        let of = |kind| names.iter().filter(move |name| organization.kind_of(name) == Some(kind)).count();
        assert_eq!(of(ControlKind::Service) + of(ControlKind::Resource), names.len());
        assert!((1..=limits::SERVICE_CONTROL_POLICIES).contains(&of(ControlKind::Service)));
    }
    let targets = 1 + organization.units.len() + organization.places.len();
    assert_eq!(organization.attached.len(), targets, "EVAL-31: every node keeps one");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_breaks_the_organization(steps in prop::collection::vec(any_organization_step(), 200)) {
        let mut world = after(example::empty("test"), &[Command::CreateOrganization]).expect("an organization");
        for step in steps {
            if let Ok(next) = apply(&world, &organization_command(&world, step), &occasion()) {
                prop_assert!(next.serial >= world.serial);
                world = next;
                check_organization(&world);
            }
        }
    }
}
