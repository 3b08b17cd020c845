//! Whether everything that a world speaks of is in it.
//!
//! Only what the page relies on is checked. Texts of policies and quotas are not: a stricter reading of them, later, must
//! not shut out what people made before.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Account, Holder, ManagedPolicy, Organization, World};

/// Policies that every organization has from AWS.
const OF_AWS: [&str; 2] = ["FullAWSAccess", "RCPFullAWSAccess"];

/// The first thing that is wrong with a world.
pub fn world(world: &World) -> Result<(), String> {
    if world.accounts.is_empty() {
        return Err("the world has no account".to_owned());
    }
    let mut ids = BTreeSet::new();
    for (id, found) in &world.accounts {
        if found.id != *id {
            return Err(format!("account `{id}` calls itself `{}`", found.id));
        }
        account(found, &mut ids).map_err(|what| format!("in account `{id}`, {what}"))?;
    }
    // The next ids are made from the serial: a lower one would give some a second time.
    if u64::try_from(ids.len()).is_ok_and(|count| world.serial < count) {
        return Err(format!("`serial` is {}, but there are {} unique ids", world.serial, ids.len()));
    }
    world.organization.as_deref().map_or(Ok(()), organization)
}

fn account<'a>(account: &'a Account, ids: &mut BTreeSet<&'a str>) -> Result<(), String> {
    let users = account.users.iter().map(|user| (&user.name, &user.id));
    let groups = account.groups.iter().map(|group| (&group.name, &group.id));
    let roles = account.roles.iter().map(|role| (&role.name, &role.id));
    let profiles = account.instance_profiles.iter().map(|profile| (&profile.name, &profile.id));
    let policies = account.policies.iter().map(|policy| (&policy.name, &policy.id));
    for (name, id) in users.chain(groups).chain(roles).chain(profiles).chain(policies) {
        if name.is_empty() {
            return Err("something has no name".to_owned());
        }
        if !ids.insert(id) {
            return Err(format!("`{name}` has the unique id `{id}` of something else"));
        }
    }
    for user in account.users.iter() {
        let unknown =
            user.groups.iter().find(|group| account.groups.get(group).is_none_or(|known| known.name != **group));
        if let Some(group) = unknown {
            return Err(format!("user `{}` is in group `{group}`, which is missing", user.name));
        }
        holder(account, &Holder::User(user.name.clone()))?;
    }
    for group in account.groups.names() {
        holder(account, &Holder::Group(group.clone()))?;
    }
    for role in account.roles.names() {
        holder(account, &Holder::Role(role.clone()))?;
    }
    for profile in account.instance_profiles.iter() {
        if let Some(role) = profile.role.as_ref().filter(|role| !account.roles.contains(role)) {
            return Err(format!("instance profile `{}` holds role `{role}`, which is missing", profile.name));
        }
    }
    account.policies.iter().try_for_each(versions)
}

fn holder(account: &Account, holder: &Holder) -> Result<(), String> {
    let (kind, name) = (holder.kind(), holder.name());
    let Some(permissions) = account.permissions(holder) else { return Ok(()) };
    let is_there = |arn: &str| arn.starts_with("arn:aws:iam::aws:policy/") || account.policy(arn).is_some();
    if let Some(arn) = permissions.attached.iter().chain(account.boundary_of(holder)).find(|arn| !is_there(arn)) {
        return Err(format!("{kind} `{name}` has policy `{arn}`, which is missing"));
    }
    if let Some(arn) = twice(permissions.attached.iter()) {
        return Err(format!("{kind} `{name}` has policy `{arn}` twice"));
    }
    match twice(permissions.inline.iter().map(|inline| &inline.name)) {
        Some(inline) => Err(format!("{kind} `{name}` has two inline policies named `{inline}`")),
        None => Ok(()),
    }
}

fn versions(policy: &ManagedPolicy) -> Result<(), String> {
    let name = &policy.name;
    if policy.text().is_none() {
        return Err(format!("policy `{name}` has no version {}, which is its default", policy.default));
    }
    match policy.versions.is_sorted_by(|older, newer| older.number < newer.number) {
        true => Ok(()),
        false => Err(format!("the versions of policy `{name}` are out of order")),
    }
}

fn organization(organization: &Organization) -> Result<(), String> {
    let is_node = |node: &Arc<str>| *node == organization.root || organization.units.contains_key(node);
    for (id, unit) in &organization.units {
        // Upwards from every unit, the root comes before as many steps as there are units.
        let above = |node: &Arc<str>| organization.units.get(node).map(|unit| unit.parent.clone());
        let way = std::iter::successors(Some(unit.parent.clone()), above).take(organization.units.len());
        if way.last().is_none_or(|top| top != organization.root) {
            return Err(format!("unit `{id}` of the organization does not lead up to its root"));
        }
    }
    if let Some((account, node)) = organization.places.iter().find(|(_, node)| !is_node(node)) {
        return Err(format!("account `{account}` stands in unit `{node}`, which is missing"));
    }
    for (node, names) in &organization.attached {
        let is_account = organization.places.keys().any(|account| account.as_str() == &**node);
        if !is_node(node) && !is_account {
            return Err(format!("policies hang on `{node}`, which is not in the organization"));
        }
        let missing = |name: &&Arc<str>| !organization.policies.contains(name) && !OF_AWS.contains(&&***name);
        if let Some(name) = names.iter().find(missing) {
            return Err(format!("policy `{name}` hangs on `{node}`, but is missing"));
        }
    }
    Ok(())
}

/// A name that stands there twice; there are few of them.
fn twice<'a>(names: impl Iterator<Item = &'a Arc<str>> + Clone) -> Option<&'a Arc<str>> {
    names
        .clone()
        .enumerate()
        .find(|(at, name)| names.clone().take(*at).any(|earlier| earlier == *name))
        .map(|(_, name)| name)
}
