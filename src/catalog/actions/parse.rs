//! Reading `actions.txt`: S service, K key, C key set, R resource type, A action; positions count within the service.

use super::{AccessLevel, Action, ConditionKey, KeyType, ResourceType, Service};
use crate::catalog::fields::{CatalogError, Fields, lines};

pub(super) fn services(text: &str) -> Result<Vec<Service>, CatalogError> {
    let mut services: Vec<Service> = Vec::new();
    for mut fields in lines(text) {
        let kind = fields.expect("a line kind")?;
        if kind == "S" {
            services.push(Service {
                prefix: fields.expect("a service prefix")?.into(),
                name: fields.expect("a service name")?.into(),
                actions: Vec::new(),
                resource_types: Vec::new(),
                keys: Vec::new(),
                key_sets: vec![Vec::new()],
            });
            continue;
        }
        let service = services.last_mut().ok_or(fields.error("a service line"))?;
        match kind {
            "K" => service.keys.push(key(&mut fields)?),
            "C" => service.key_sets.push(positions(fields.expect("a key set")?, &fields)?),
            "R" => service.resource_types.push(ResourceType {
                name: fields.expect("a resource type")?.into(),
                arns: fields.expect("an ARN pattern")?.split(' ').map(Into::into).collect(),
            }),
            "A" => {
                let action = action(&mut fields, &service.prefix)?;
                service.actions.push(action);
            }
            _ => return Err(fields.error("a line kind of S, K, C, R or A")),
        }
    }
    Ok(services)
}

fn key(fields: &mut Fields<'_>) -> Result<ConditionKey, CatalogError> {
    let name = fields.expect("a condition key")?.into();
    let code = fields.expect("a key type")?;
    let key_type = match code.to_ascii_lowercase().as_str() {
        "s" => KeyType::String,
        "a" => KeyType::Arn,
        "b" => KeyType::Bool,
        "n" => KeyType::Numeric,
        "d" => KeyType::Date,
        "i" => KeyType::Ip,
        _ => return Err(fields.error("a key type of s, a, b, n, d or i")),
    };
    Ok(ConditionKey { name, key_type, list: code.bytes().all(|byte| byte.is_ascii_uppercase()) })
}

fn action(fields: &mut Fields<'_>, prefix: &str) -> Result<Action, CatalogError> {
    let name = fields.expect("an action name")?;
    let level = match fields.expect("an access level")? {
        "L" => AccessLevel::List,
        "R" => AccessLevel::Read,
        "W" => AccessLevel::Write,
        "T" => AccessLevel::Tagging,
        "P" => AccessLevel::PermissionsManagement,
        _ => return Err(fields.error("an access level of L, R, W, T or P")),
    };
    let resources = fields.next().unwrap_or_default().split(' ').filter(|item| !item.is_empty());
    let resources = resources
        .map(|item| {
            let digits = item.split(['!', ':']).next().unwrap_or_default();
            let at = digits.parse().map_err(|_| fields.error("positions of resource types"))?;
            Ok((at, item.contains('!')))
        })
        .collect::<Result<_, _>>()?;
    let keys = match fields.next().unwrap_or_default() {
        "" => 0,
        text => text.parse().map_err(|_| fields.error("the number of a key set"))?,
    };
    let folded = format!("{prefix}:{}", name.to_ascii_lowercase()).into();
    Ok(Action { name: name.into(), level, resources, keys, folded })
}

fn positions(text: &str, fields: &Fields<'_>) -> Result<Vec<u16>, CatalogError> {
    text.split(' ').map(|item| item.parse().map_err(|_| fields.error("positions of keys"))).collect()
}
