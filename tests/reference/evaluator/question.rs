//! A case, read just far enough to be asked about (case-format.md).

use serde_json::Value;

use super::fault::Faults;

/// Who calls.
#[derive(Clone, Copy, Debug)]
pub enum Caller<'a> {
    User { arn: &'a str, account: &'a str },
    RoleSession { arn: &'a str, account: &'a str, role: &'a str },
    Role { arn: &'a str, account: &'a str },
    FederatedUser { arn: &'a str, account: &'a str, user: &'a str },
    Root { account: &'a str },
    Federated { provider: &'a str },
    Service { service: &'a str },
    Anonymous,
}

/// The values of a condition key in the request.
#[derive(Clone, Debug, PartialEq)]
pub enum Found<'a> {
    Absent,
    One(&'a str),
    Many(Vec<&'a str>),
}

/// A case, with the mistake to make while answering it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub caller: Caller<'a>,
    /// In lower case, since actions ignore case (POL-55).
    pub action: &'a str,
    /// The part of the action before the colon.
    pub service: &'a str,
    /// Nothing for actions without resource types (EVAL-5).
    pub resource: Option<&'a str>,
    pub resource_account: &'a str,
    pub context: &'a Value,
    pub policies: &'a Value,
    pub faults: Faults,
}

impl<'a> Question<'a> {
    pub fn read(case: &'a Value, faults: Faults) -> Self {
        let request = &case["request"];
        let action = text(&request["action"]);
        let resource = text(&request["resource"]);
        let resourceless = request["resourceless"] == true || resource == "*";
        Self {
            caller: caller(&request["principal"]),
            action,
            service: action.split(':').next().unwrap_or_default(),
            resource: (!resourceless).then_some(resource),
            resource_account: text(&request["resourceAccount"]),
            context: &request["context"],
            policies: &case["policies"],
            faults,
        }
    }

    /// Whether the request is for one of the actions.
    pub fn is_action(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.eq_ignore_ascii_case(self.action))
    }

    /// Whether the request is for an action of one of the services.
    pub fn is_of_service(&self, prefixes: &[&str]) -> bool {
        let service = self.action.split(':').next().unwrap_or_default();
        prefixes.iter().any(|prefix| prefix.eq_ignore_ascii_case(service))
    }

    /// The account of the caller; services, anonymous callers and unsigned calls have none.
    pub fn account(&self) -> Option<&'a str> {
        match self.caller {
            Caller::User { account, .. }
            | Caller::RoleSession { account, .. }
            | Caller::Role { account, .. }
            | Caller::FederatedUser { account, .. }
            | Caller::Root { account } => Some(account),
            Caller::Federated { .. } | Caller::Service { .. } | Caller::Anonymous => None,
        }
    }

    /// The sixth part of the resource's ARN (POL-60).
    pub fn resource_part(&self) -> &'a str {
        self.resource.and_then(|arn| arn.splitn(6, ':').nth(5)).unwrap_or_default()
    }

    /// The values of a condition key, whose name ignores case (KEY-2, POL-77).
    pub fn find(&self, key: &str, exactly: bool) -> Found<'a> {
        let context = self.context.as_object();
        let same = |name: &str| if exactly { name == key } else { name.to_lowercase() == key.to_lowercase() };
        match context.and_then(|context| context.iter().find(|(name, _)| same(name))) {
            None => Found::Absent,
            Some((_, Value::Array(list))) => Found::Many(list.iter().map(text).collect()),
            Some((_, one)) => Found::One(text(one)),
        }
    }

    /// The policies of a list, without their names.
    pub fn documents(&self, list: &str) -> Vec<&'a Value> {
        match &self.policies[list] {
            Value::Array(all) => all.iter().map(|policy| &policy["document"]).collect(),
            Value::Null => Vec::new(),
            one => vec![&one["document"]],
        }
    }

    /// The policies of the levels of an organization, root first.
    pub fn levels(&self, list: &str) -> Vec<Vec<&'a Value>> {
        let levels = self.policies[list].as_array();
        let documents = |level: &'a Value| many(&level["policies"]).map(|policy| &policy["document"]).collect();
        levels.into_iter().flatten().map(documents).collect()
    }
}

fn caller(principal: &Value) -> Caller<'_> {
    let arn = text(&principal["arn"]);
    let account = text(&principal["account"]);
    match text(&principal["kind"]) {
        "user" => Caller::User { arn, account },
        "roleSession" => Caller::RoleSession { arn, account, role: text(&principal["role"]) },
        "role" => Caller::Role { arn, account },
        "federatedUser" => Caller::FederatedUser { arn, account, user: text(&principal["user"]) },
        "root" => Caller::Root { account },
        "federated" => Caller::Federated { provider: text(&principal["provider"]) },
        "service" => Caller::Service { service: text(&principal["service"]) },
        _ => Caller::Anonymous,
    }
}

/// The text of a value, or none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The elements of an array, or the one value that stands for an array of one (POL-5).
pub fn many(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(list) => list.iter().collect::<Vec<_>>(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
    .into_iter()
}
