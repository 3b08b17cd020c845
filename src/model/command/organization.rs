//! The organization: units, accounts, and the policies that limit them (EVAL-30…52). Only the management account changes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Command, Occasion, unique_id};
use crate::ident::AccountId;
use crate::model::named::Named;
use crate::model::organization::{ControlKind, ControlPolicy, FULL_AWS_ACCESS, Organization, Unit};
use crate::model::refusal::{Code, Refusal};
use crate::model::world::World;
use crate::model::{example, limits, rules};
use crate::policy::{Effect, PolicyKind, PrincipalEntry, parse_document};

impl Command {
    /// Whether it changes an organization that is there: only its management account can do that.
    pub fn is_of_organization(&self) -> bool {
        matches!(
            self,
            Self::DeleteOrganization
                | Self::CreateAccount { .. }
                | Self::CloseAccount { .. }
                | Self::CreateOrganizationalUnit { .. }
                | Self::UpdateOrganizationalUnit { .. }
                | Self::DeleteOrganizationalUnit { .. }
                | Self::MoveAccount { .. }
                | Self::CreateControlPolicy { .. }
                | Self::UpdateControlPolicy { .. }
                | Self::DeleteControlPolicy { .. }
                | Self::AttachControlPolicy { .. }
                | Self::DetachControlPolicy { .. }
        )
    }
}

/// The world after a command that is about the organization; `None` for the others.
pub(super) fn apply(world: &World, command: &Command, occasion: &Occasion) -> Option<Result<World, Refusal>> {
    let edit = |edit: &mut dyn FnMut(&mut Organization, &mut World) -> Result<(), Refusal>| {
        Some(edited(world, occasion, edit))
    };
    match command {
        Command::CreateOrganization => Some(create(world, occasion)),
        Command::CreateAccount { name, email } => edit(&mut |organization, world| {
            rules::name("accountName", &name.replace(' ', "-"), 50)?;
            new_account(organization, world, email)?;
            let id = free_account(world);
            let mut account = example::empty_account(id.clone(), name, email);
            // CON-68: member accounts begin with it.
            account.billing_access = true;
            world.accounts.insert(id.clone(), Arc::new(account));
            organization.attached.insert(id.as_str().into(), vec![FULL_AWS_ACCESS.into()]);
            organization.places.insert(id, organization.root.clone());
            Ok(())
        }),
        Command::CloseAccount { account } => edit(&mut |organization, world| close(organization, world, account)),
        Command::DeleteOrganization => Some(delete(world, occasion)),
        Command::UpdateOrganizationalUnit { id, name } => {
            edit(&mut |organization, _| rename_unit(organization, id, name))
        }
        Command::CreateOrganizationalUnit { parent, name } => {
            edit(&mut |organization, world| create_unit(organization, world, parent, name))
        }
        Command::DeleteOrganizationalUnit { id } => edit(&mut |organization, _| delete_unit(organization, id)),
        Command::MoveAccount { account, to } => edit(&mut |organization, _| {
            node(organization, to)?;
            let place = organization.places.get_mut(account).ok_or_else(|| stranger(account))?;
            place.clone_from(to);
            Ok(())
        }),
        Command::CreateControlPolicy { policy } => edit(&mut |organization, _| {
            rules::name("policyName", &policy.name, 128)?;
            document(policy)?;
            if organization.policies.contains(&policy.name) || &*policy.name == FULL_AWS_ACCESS {
                let message = format!("A policy named {} exists already.", policy.name);
                return Err(Refusal::new(Code::DuplicatePolicyException, message, "Choose another name."));
            }
            organization.policies.add(policy.clone());
            Ok(())
        }),
        Command::UpdateControlPolicy { name, text } => edit(&mut |organization, _| {
            let known = organization.policy(name).ok_or_else(|| no_policy(name))?;
            let policy = ControlPolicy { text: text.clone(), ..known.clone() };
            document(&policy)?;
            if let Some(known) = organization.policies.get_mut(name) {
                *known = policy;
            }
            Ok(())
        }),
        Command::DeleteControlPolicy { name } => edit(&mut |organization, _| {
            organization.policy(name).ok_or_else(|| no_policy(name))?;
            if organization.attached.values().any(|names| names.contains(name)) {
                let message = format!("The policy {name} is attached to one or more targets.");
                return Err(Refusal::new(Code::PolicyInUseException, message, "Detach it everywhere first."));
            }
            organization.policies.remove(name);
            Ok(())
        }),
        Command::AttachControlPolicy { target, name } => {
            edit(&mut |organization, _| attach(organization, target, name))
        }
        Command::DetachControlPolicy { target, name } => {
            edit(&mut |organization, _| detach(organization, target, name))
        }
        _ => None,
    }
}

fn create(world: &World, occasion: &Occasion) -> Result<World, Refusal> {
    if world.organization.is_some() {
        let message = "The AWS account is already a member of an organization.";
        return Err(Refusal::new(Code::AlreadyInOrganizationException, message, "A world has one organization."));
    }
    let mut next = world.clone();
    next.serial += 1;
    let id = unique_id("", next.serial, 13).to_lowercase();
    let root: Arc<str> = format!("r-{}", id.get(..4).unwrap_or("root")).into();
    let management = occasion.account.clone();
    let full = || vec![Arc::from(FULL_AWS_ACCESS)];
    next.organization = Some(Arc::new(Organization {
        id: format!("o-{}", id.get(..10).unwrap_or("example000")).into(),
        units: BTreeMap::new(),
        places: BTreeMap::from([(management.clone(), root.clone())]),
        policies: Named::default(),
        attached: BTreeMap::from([(root.clone(), full()), (management.as_str().into(), full())]),
        root,
        management,
    }));
    Ok(next)
}

/// The management account stays, alone.
fn delete(world: &World, occasion: &Occasion) -> Result<World, Refusal> {
    let mut next = edited(world, occasion, &mut |organization, _| match organization.places.len() {
        0 | 1 => Ok(()),
        _ => {
            let message =
                "To delete an organization, you must first remove all accounts except the management account.";
            Err(Refusal::new(Code::OrganizationNotEmptyException, message, "Close its member accounts first."))
        }
    })?;
    next.organization = None;
    Ok(next)
}

fn edited(
    world: &World,
    occasion: &Occasion,
    edit: &mut dyn FnMut(&mut Organization, &mut World) -> Result<(), Refusal>,
) -> Result<World, Refusal> {
    let Some(organization) = &world.organization else {
        let message = "Your account is not a member of an organization.";
        return Err(Refusal::new(Code::AWSOrganizationsNotInUseException, message, "Create an organization first."));
    };
    if organization.management != occasion.account {
        let message = "You don't have permissions to access this resource.";
        let remedy = format!("Only the management account, {}, changes the organization.", organization.management);
        return Err(Refusal::new(Code::AccessDeniedException, message, remedy));
    }
    let (mut next, mut organization) = (world.clone(), Organization::clone(organization));
    edit(&mut organization, &mut next)?;
    next.organization = Some(Arc::new(organization));
    Ok(next)
}

/// Room for one more, and an address that is not taken: what `CreateAccountStatus` would tell.
fn new_account(organization: &Organization, world: &World, email: &str) -> Result<(), Refusal> {
    if organization.places.len() >= limits::MEMBER_ACCOUNTS {
        let message = "You have exceeded the allowed number of AWS accounts.";
        return Err(Refusal::new(Code::ConstraintViolationException, message, "Close another account first."));
    }
    let is_address = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !(6..=64).contains(&email.len()) || !is_address {
        let message = "INVALID_EMAIL: the email address of the root user is not valid.";
        return Err(Refusal::new(Code::CreateAccountFailed, message, "Write an address such as dev@example.com."));
    }
    if world.accounts.values().any(|account| account.root.email.eq_ignore_ascii_case(email)) {
        let message = "EMAIL_ALREADY_EXISTS: another AWS account has that email address.";
        return Err(Refusal::new(Code::CreateAccountFailed, message, "Every account has an address of its own."));
    }
    Ok(())
}

fn close(organization: &mut Organization, world: &mut World, account: &AccountId) -> Result<(), Refusal> {
    if organization.management == *account {
        let message = "You can't close the management account of an organization.";
        return Err(Refusal::new(Code::ConstraintViolationException, message, "Delete the organization first."));
    }
    organization.places.remove(account).ok_or_else(|| stranger(account))?;
    organization.attached.remove(account.as_str());
    world.accounts.remove(account);
    Ok(())
}

fn stranger(account: &AccountId) -> Refusal {
    let message = format!("The account {account} is not in the organization.");
    Refusal::new(Code::AccountNotFoundException, message, "Choose a member of the organization.")
}

/// The next of AWS's example numbers that no account has.
fn free_account(world: &World) -> AccountId {
    let numbers = (2..=9u64).map(|digit| digit * 111_111_111_111).chain(200_000_000_001..);
    let ids = numbers.filter_map(|number| AccountId::parse(&format!("{number:012}")).ok());
    ids.into_iter().find(|id| !world.accounts.contains_key(id)).unwrap_or_else(AccountId::example)
}

/// Whether the root or a unit has this id.
fn node(organization: &Organization, id: &Arc<str>) -> Result<(), Refusal> {
    let known = *id == organization.root || organization.units.contains_key(id);
    known.then_some(()).ok_or_else(|| {
        let message = format!("We can't find a root or OU with the ID {id}.");
        Refusal::new(Code::ParentNotFoundException, message, "Choose the root or a unit of the organization.")
    })
}

fn create_unit(
    organization: &mut Organization,
    world: &mut World,
    parent: &Arc<str>,
    name: &Arc<str>,
) -> Result<(), Refusal> {
    node(organization, parent)?;
    unit_name(organization, parent, name)?;
    if organization.units.len() >= limits::UNITS {
        let message = "You have exceeded the number of OUs that you can have in an organization.";
        return Err(Refusal::new(Code::ConstraintViolationException, message, "Delete another unit first."));
    }
    let above = std::iter::successors(Some(parent), |id| organization.units.get(*id).map(|unit| &unit.parent));
    if above.count() > limits::UNIT_DEPTH {
        let message = "You have exceeded the maximum nesting depth of OUs: 5.";
        return Err(Refusal::new(Code::ConstraintViolationException, message, "Make it higher up in the tree."));
    }
    world.serial += 1;
    let root = organization.root.trim_start_matches("r-").to_owned();
    let id: Arc<str> = format!("ou-{root}-{}", unique_id("", world.serial, 13).to_lowercase()).into();
    organization.units.insert(id.clone(), Unit { name: name.clone(), parent: parent.clone() });
    organization.attached.insert(id, vec![FULL_AWS_ACCESS.into()]);
    Ok(())
}

/// A name that no unit beside it has.
fn unit_name(organization: &Organization, parent: &str, name: &str) -> Result<(), Refusal> {
    if name.is_empty() || name.chars().count() > 128 {
        let message = "1 validation error detected: a unit's name has 1 to 128 characters";
        return Err(Refusal::new(Code::ValidationError, message, "Type another name."));
    }
    if organization.units.values().any(|unit| *unit.parent == *parent && *unit.name == *name) {
        let message = format!("An OU named {name} exists there already.");
        return Err(Refusal::new(Code::DuplicateOrganizationalUnitException, message, "Choose another name."));
    }
    Ok(())
}

fn rename_unit(organization: &mut Organization, id: &Arc<str>, name: &Arc<str>) -> Result<(), Refusal> {
    let missing = || {
        let message = format!("We can't find an OU with the ID {id}.");
        Refusal::new(Code::ParentNotFoundException, message, "Choose a unit of the organization.")
    };
    let unit = organization.units.get(id).ok_or_else(missing)?;
    if unit.name == *name {
        return Ok(());
    }
    unit_name(organization, &unit.parent, name)?;
    if let Some(unit) = organization.units.get_mut(id) {
        unit.name = name.clone();
    }
    Ok(())
}

fn delete_unit(organization: &mut Organization, id: &Arc<str>) -> Result<(), Refusal> {
    node(organization, id)?;
    let full = organization.units.values().any(|unit| unit.parent == *id)
        || organization.places.values().any(|place| place == id);
    if full || *id == organization.root {
        let message = "The specified OU is not empty.";
        return Err(Refusal::new(
            Code::OrganizationalUnitNotEmptyException,
            message,
            "Move its accounts and delete its units first.",
        ));
    }
    organization.units.remove(id);
    organization.attached.remove(id);
    Ok(())
}

fn no_policy(name: &str) -> Refusal {
    let message = format!("We can't find a policy named {name}.");
    Refusal::new(Code::PolicyNotFoundException, message, "Check the name, or create it first.")
}

/// POL-145, POL-146, EVAL-35, EVAL-47.
fn document(policy: &ControlPolicy) -> Result<(), Refusal> {
    let (kind, most) = match policy.kind {
        ControlKind::Service => (PolicyKind::ServiceControl, limits::SCP_SIZE),
        ControlKind::Resource => (PolicyKind::ResourceControl, limits::RCP_SIZE),
    };
    rules::document(&policy.text, kind)?;
    if kind == PolicyKind::ResourceControl && !only_denies(&policy.text) {
        let message = "The provided policy document does not meet the requirements of the specified policy type.";
        let remedy = "In a resource control policy every statement denies, for the principal `*`, actions with the name of their service.";
        return Err(Refusal::new(Code::MalformedPolicyDocument, message, remedy));
    }
    match policy.text.chars().count() > most {
        true => Err(Refusal::new(
            Code::ConstraintViolationException,
            format!("You have exceeded the maximum policy size: {most} characters."),
            "White space counts here; shorten it.",
        )),
        false => Ok(()),
    }
}

/// EVAL-47.
fn only_denies(text: &str) -> bool {
    let document = parse_document(text, PolicyKind::ResourceControl).value;
    document.is_some_and(|document| {
        document.statements.iter().all(|statement| {
            let everyone = statement.principal.as_ref().is_some_and(|principal| {
                !principal.entries.is_empty()
                    && principal.entries.iter().all(|entry| entry.value == PrincipalEntry::Everyone)
            });
            statement.effect.value == Effect::Deny
                && everyone
                && statement.action.entries.iter().all(|action| action.value != "*")
        })
    })
}

fn target<'a>(organization: &'a mut Organization, id: &Arc<str>) -> Result<&'a mut Vec<Arc<str>>, Refusal> {
    let is_account = organization.places.keys().any(|account| account.as_str() == &**id);
    if node(organization, id).is_err() && !is_account {
        let message = format!("We can't find a root, OU, or account with the ID {id}.");
        return Err(Refusal::new(Code::TargetNotFoundException, message, "Choose a node of the organization."));
    }
    Ok(organization.attached.entry(id.clone()).or_default())
}

fn attach(organization: &mut Organization, id: &Arc<str>, name: &Arc<str>) -> Result<(), Refusal> {
    let kind = organization.kind_of(name).ok_or_else(|| no_policy(name))?;
    let known = target(organization, id)?.clone();
    if known.contains(name) {
        let message = format!("The policy {name} is attached there already.");
        return Err(Refusal::new(Code::DuplicatePolicyAttachmentException, message, "Nothing is left to do."));
    }
    let alike = known.iter().filter(|name| organization.kind_of(name) == Some(kind)).count();
    let most = match kind {
        ControlKind::Service => limits::SERVICE_CONTROL_POLICIES,
        // RCPFullAWSAccess is always there and counts (EVAL-46).
        ControlKind::Resource => limits::RESOURCE_CONTROL_POLICIES - 1,
    };
    if alike >= most {
        let message = "You have exceeded the maximum number of policies of this type for the target.";
        return Err(Refusal::new(Code::ConstraintViolationException, message, "Detach another one first."));
    }
    target(organization, id)?.push(name.clone());
    Ok(())
}

fn detach(organization: &mut Organization, id: &Arc<str>, name: &Arc<str>) -> Result<(), Refusal> {
    let is_service =
        |organization: &Organization, name: &Arc<str>| organization.kind_of(name) == Some(ControlKind::Service);
    let known = target(organization, id)?.clone();
    if !known.contains(name) {
        let message = format!("The policy {name} is not attached there.");
        return Err(Refusal::new(Code::PolicyNotAttachedException, message, "Nothing is left to do."));
    }
    let services = known.iter().filter(|name| is_service(organization, name)).count();
    // EVAL-31.
    if is_service(organization, name) && services == 1 {
        let message = "You can't detach the last service control policy from a target.";
        return Err(Refusal::new(
            Code::ConstraintViolationException,
            message,
            "Attach another one first, such as FullAWSAccess.",
        ));
    }
    target(organization, id)?.retain(|known| known != name);
    Ok(())
}
