//! Every action of every service, with access level, resource types and condition keys (`actions.txt`).

mod parse;

use super::fields::CatalogError;
use crate::ident::ActionName;

/// What an action does, in AWS's five levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Lists what there is.
    List,
    /// Reads contents.
    Read,
    /// Changes things.
    Write,
    /// Changes tags.
    Tagging,
    /// Changes who may do what.
    PermissionsManagement,
}

impl AccessLevel {
    /// In AWS's order.
    pub const ALL: [Self; 5] = [Self::List, Self::Read, Self::Write, Self::Tagging, Self::PermissionsManagement];

    /// AWS's name for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::Tagging => "Tagging",
            Self::PermissionsManagement => "Permissions management",
        }
    }
}

/// Type of a condition key's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// Text.
    String,
    /// ARN.
    Arn,
    /// Boolean.
    Bool,
    /// Number.
    Numeric,
    /// Date.
    Date,
    /// Address.
    Ip,
}

/// A condition key of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// Name, with `${…}` where a tag key goes.
    pub name: Box<str>,
    /// Type of its values.
    pub key_type: KeyType,
    /// Whether it is multi-valued.
    pub list: bool,
}

/// A kind of resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// Name.
    pub name: Box<str>,
    /// ARN patterns with `${Partition}`, `${Region}`, `${Account}` and names.
    pub arns: Box<[Box<str>]>,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Name after the colon.
    pub name: Box<str>,
    /// Access level.
    pub level: AccessLevel,
    /// Resource types, as positions in the service's list, with whether each is required.
    pub resources: Box<[(u16, bool)]>,
    /// Condition keys of the action, as a position in the service's key sets.
    keys: u16,
    /// `service:name` in lower case.
    folded: Box<str>,
}

impl Action {
    /// `service:name` in lower case.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// A service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Prefix of its actions.
    pub prefix: Box<str>,
    /// Name for people.
    pub name: Box<str>,
    /// Its actions.
    pub actions: Vec<Action>,
    /// Its resource types.
    pub resource_types: Vec<ResourceType>,
    keys: Vec<ConditionKey>,
    /// Sets of positions in `keys`; set 0 is empty.
    key_sets: Vec<Vec<u16>>,
}

/// The whole catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    services: Vec<Service>,
}

/// What resource a request for an action can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceHint {
    /// The action is not in the catalogue.
    Unknown,
    /// It has no resource types: only `*` (EVAL-5).
    None,
    /// ARN patterns of its resource types, required ones first.
    Arns(Vec<String>),
}

/// A search result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionHit {
    /// `service:Name`.
    pub action: String,
    /// Access level.
    pub level: AccessLevel,
    /// Name of the service.
    pub service: String,
}

impl Catalog {
    /// Reads `actions.txt`.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        parse::services(text).map(|services| Self { services })
    }

    /// Services by prefix.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// An action with its service.
    pub fn action(&self, name: &ActionName) -> Option<(&Service, &Action)> {
        let services = self.services.iter().filter(|service| *service.prefix == *name.service());
        services
            .flat_map(|service| service.actions.iter().map(move |action| (service, action)))
            .find(|(_, action)| *action.folded == *name.folded())
    }

    /// What a request for `name` can be about.
    pub fn resource_hint(&self, name: &ActionName) -> ResourceHint {
        let Some((service, action)) = self.action(name) else {
            return ResourceHint::Unknown;
        };
        if action.resources.is_empty() {
            return ResourceHint::None;
        }
        let mut types: Vec<_> = action.resources.iter().collect();
        crate::text::order::sort_by_key(&mut types, |(_, required)| !required);
        let types = types.into_iter().filter_map(|(at, _)| service.resource_types.get(usize::from(*at)));
        ResourceHint::Arns(types.flat_map(|kind| kind.arns.iter().map(|arn| arn.to_string())).collect())
    }

    /// Condition keys that a request for `name` may carry beside the global ones.
    pub fn keys(&self, name: &ActionName) -> Vec<&ConditionKey> {
        let Some((service, action)) = self.action(name) else {
            return Vec::new();
        };
        let set = service.key_sets.get(usize::from(action.keys)).into_iter().flatten();
        set.filter_map(|at| service.keys.get(usize::from(*at))).collect()
    }

    /// Up to `limit` actions for what was typed: whole names first, then starts of `service:name`, starts of names, and
    /// names that contain it.
    pub fn search(&self, query: &str, limit: usize) -> Vec<ActionHit> {
        let query = query.trim().to_lowercase();
        let mut found: Vec<(u8, &Service, &Action)> = Vec::new();
        for service in &self.services {
            for action in &service.actions {
                let name = action.folded.get(service.prefix.len() + 1..).unwrap_or_default();
                let rank = match () {
                    () if *action.folded == *query => 0,
                    () if action.folded.starts_with(&query) => 1,
                    () if name.starts_with(&query) => 2,
                    () if action.folded.contains(&query) => 3,
                    () => continue,
                };
                found.push((rank, service, action));
            }
        }
        crate::text::order::sort_by_key(&mut found, |(rank, ..)| *rank);
        found
            .into_iter()
            .take(limit)
            .map(|(_, service, action)| ActionHit {
                action: format!("{}:{}", service.prefix, action.name),
                level: action.level,
                service: service.name.to_string(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "S\tsqs\tAmazon SQS\nK\taws:TagKeys\tS\nK\tsqs:Size\tn\nC\t1\nC\t0 1\nR\tqueue\tarn:${Partition}:sqs:${Region}:${Account}:${QueueName}\t1\nA\tCreateQueue\tW\t0!\t2\tiam:PassRole\nA\tListQueues\tL\nS\ts3\tAmazon S3\nR\tbucket\tarn:${Partition}:s3:::${BucketName}\nR\tobject\tarn:${Partition}:s3:::${BucketName}/${ObjectName}\nA\tGetQueueish\tR\t0 1!";

    fn catalog() -> Catalog {
        Catalog::parse(FILE).expect("a catalogue")
    }

    fn action(text: &str) -> ActionName {
        ActionName::parse(text).expect("an action")
    }

    #[test]
    fn actions_are_found_in_any_case() {
        let catalog = catalog();
        let (service, found) = catalog.action(&action("SQS:createqueue")).expect("the action");
        assert_eq!((&*service.name, &*found.name, found.level), ("Amazon SQS", "CreateQueue", AccessLevel::Write));
        assert_eq!(
            catalog.keys(&action("sqs:CreateQueue")).iter().map(|key| &*key.name).collect::<Vec<_>>(),
            ["aws:TagKeys", "sqs:Size"]
        );
    }

    #[test]
    fn an_action_without_resource_types_takes_only_a_star() {
        let catalog = catalog();
        assert_eq!(catalog.resource_hint(&action("sqs:ListQueues")), ResourceHint::None);
        assert_eq!(catalog.resource_hint(&action("sqs:Nothing")), ResourceHint::Unknown);
    }

    #[test]
    fn required_resource_types_come_first() {
        let expected = ["arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:${Partition}:s3:::${BucketName}"]
            .map(str::to_owned);
        assert_eq!(catalog().resource_hint(&action("s3:GetQueueish")), ResourceHint::Arns(expected.into()));
    }

    #[test]
    fn search_puts_what_starts_with_the_query_first() {
        let hits: Vec<_> = catalog().search("queue", 10).into_iter().map(|hit| hit.action).collect();
        assert_eq!(hits, ["sqs:CreateQueue", "sqs:ListQueues", "s3:GetQueueish"]);
        assert_eq!(catalog().search("sqs:l", 10)[0].action, "sqs:ListQueues");
        assert_eq!(catalog().search("listq", 1)[0].action, "sqs:ListQueues");
    }
}
