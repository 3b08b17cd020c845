//! The shapes of a case, and their way into the engine's types.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::CaseError;
use crate::eval::{self, CompiledPolicy, ContextValue, Level, Policies, Policy, PolicyList, PolicySource, Verdict};
use crate::ident::{AccountId, ActionName};
use crate::policy::{PolicyKind, parse_document};

/// One question with everything that bears on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Name of the case, given back with the answer.
    pub id: String,
    /// For people.
    #[serde(default)]
    pub note: Option<String>,
    /// For people and reports.
    #[serde(default)]
    pub tags: Vec<String>,
    pub(super) request: WireRequest,
    #[serde(default)]
    pub(super) policies: WirePolicies,
    /// What the answer should be; not looked at here.
    #[serde(default)]
    pub expect: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct WireRequest {
    principal: WirePrincipal,
    action: String,
    resource: String,
    resource_account: String,
    #[serde(default)]
    resourceless: bool,
    #[serde(default)]
    context: BTreeMap<String, OneOrMany>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
enum WirePrincipal {
    User {
        arn: Arc<str>,
        account: String,
    },
    RoleSession {
        arn: Arc<str>,
        account: String,
        role: Option<Arc<str>>,
    },
    Role {
        arn: Arc<str>,
        account: String,
    },
    FederatedUser {
        arn: Arc<str>,
        account: String,
        user: Option<Arc<str>>,
    },
    Root {
        #[serde(default, rename = "arn")]
        _arn: Option<String>,
        account: String,
    },
    Federated {
        provider: Arc<str>,
        #[serde(default, rename = "account")]
        _account: Option<String>,
    },
    Service {
        service: Arc<str>,
    },
    Anonymous {},
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePolicies {
    #[serde(default)]
    identity: Vec<Named>,
    #[serde(default)]
    boundary: Option<Named>,
    #[serde(default)]
    session: Vec<Named>,
    #[serde(default)]
    resource: Option<Named>,
    #[serde(default)]
    scp: Vec<WireLevel>,
    #[serde(default)]
    rcp: Vec<WireLevel>,
    #[serde(default)]
    endpoint: Vec<Named>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: Arc<str>,
    #[serde(default, rename = "kind")]
    _kind: Option<String>,
    /// Kept as text, so that spans and duplicate keys survive.
    document: Box<RawValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireLevel {
    #[serde(rename = "level")]
    _level: String,
    id: Arc<str>,
    policies: Vec<Named>,
}

impl Case {
    /// Whether it brings no policies at all.
    pub fn is_bare(&self) -> bool {
        let WirePolicies { identity, boundary, session, resource, scp, rcp, endpoint } = &self.policies;
        boundary.is_none()
            && resource.is_none()
            && [identity, session, endpoint].iter().all(|list| list.is_empty())
            && [scp, rcp].iter().all(|levels| levels.is_empty())
    }

    /// Name and text of each session policy.
    pub fn session_policies(&self) -> Vec<(&str, &str)> {
        self.policies.session.iter().map(|policy| (&*policy.name, policy.document.get())).collect()
    }

    /// The decision that is expected, where it says one that there is.
    pub fn expected(&self) -> Option<Verdict> {
        Verdict::of_id(self.expect.as_ref()?.get("decision")?.as_str()?)
    }
}

impl WireRequest {
    pub(super) fn read(&self) -> Result<eval::Request, CaseError> {
        let action = ActionName::parse(&self.action).map_err(|error| field("action", error))?;
        if self.resource.len() > MAX_ARN_BYTES {
            return Err(field("resource", format!("it has more than {MAX_ARN_BYTES} bytes, and no ARN has")));
        }
        let resource = match self.resourceless || self.resource == "*" {
            true => eval::Resource::None,
            false => eval::Resource::Arn(self.resource.as_str().into()),
        };
        check_sizes(&self.context)?;
        let context = self.context.iter().map(|(key, value)| {
            let value = match value {
                OneOrMany::One(text) => ContextValue::One(text.clone()),
                OneOrMany::Many(list) => ContextValue::Many(list.clone()),
            };
            (key.as_str(), value)
        });
        Ok(eval::Request {
            principal: self.principal.read()?,
            action,
            resource,
            resource_account: Some(account("resourceAccount", &self.resource_account)?),
            context: context.collect(),
        })
    }
}

/// Longest ARN, in bytes (FED-29).
const MAX_ARN_BYTES: usize = 2_048;

/// Longest value of a context key, in bytes: far beyond what any header, tag or ARN of AWS holds. Patterns are compared with
/// every one of them.
const MAX_VALUE_BYTES: usize = 16 * 1024;

/// Most values of a key, for the same reason.
const MAX_VALUES: usize = 1_000;

fn check_sizes(context: &BTreeMap<String, OneOrMany>) -> Result<(), CaseError> {
    for (key, value) in context {
        let texts = match value {
            OneOrMany::One(text) => std::slice::from_ref(text),
            OneOrMany::Many(list) => list,
        };
        if texts.len() > MAX_VALUES {
            return Err(field("request.context", format!("`{key}` has more than {MAX_VALUES} values")));
        }
        if texts.iter().any(|text| text.len() > MAX_VALUE_BYTES) {
            return Err(field("request.context", format!("`{key}` has a value of more than {MAX_VALUE_BYTES} bytes")));
        }
    }
    Ok(())
}

impl WirePrincipal {
    fn read(&self) -> Result<eval::Principal, CaseError> {
        let own = |text: &str| account("principal.account", text);
        Ok(match self {
            Self::User { arn, account } => eval::Principal::User { arn: arn.clone(), account: own(account)? },
            Self::RoleSession { arn, account, role } => {
                eval::Principal::RoleSession { arn: arn.clone(), role: role.clone(), account: own(account)? }
            }
            Self::Role { arn, account } => eval::Principal::Role { arn: arn.clone(), account: own(account)? },
            Self::FederatedUser { arn, account, user } => {
                eval::Principal::FederatedUser { arn: arn.clone(), user: user.clone(), account: own(account)? }
            }
            Self::Root { account, .. } => eval::Principal::Root { account: own(account)? },
            Self::Federated { provider, .. } => eval::Principal::Federated { provider: provider.clone() },
            Self::Service { service } => eval::Principal::Service { name: service.clone() },
            Self::Anonymous {} => eval::Principal::Anonymous,
        })
    }
}

impl WirePolicies {
    pub(super) fn findings(&self, action: &ActionName) -> Vec<&'static str> {
        let own = self.identity.iter().chain(&self.boundary).chain(&self.session);
        let scp = self.scp.iter().flat_map(|level| &level.policies);
        let rcp = self.rcp.iter().flat_map(|level| &level.policies);
        let named = own
            .map(|policy| (policy, PolicyKind::Identity))
            .chain(self.resource.iter().map(|policy| (policy, on_resource(action))))
            .chain(scp.map(|policy| (policy, PolicyKind::ServiceControl)))
            .chain(rcp.map(|policy| (policy, PolicyKind::ResourceControl)))
            .chain(self.endpoint.iter().map(|policy| (policy, PolicyKind::Endpoint)));
        let parsed = named.flat_map(|(policy, kind)| parse_document(policy.document.get(), kind).diagnostics);
        parsed.map(|finding| finding.code).collect()
    }

    pub(super) fn compile(&self, action: &ActionName) -> Result<Policies, CaseError> {
        let all = |policies: &[Named], kind| {
            policies.iter().map(|policy| policy.compile(kind)).collect::<Result<Vec<_>, _>>().map(PolicyList::from)
        };
        let one = |policy: &Option<Named>, kind| all(policy.as_slice(), kind);
        let levels = |levels: &[WireLevel], kind| {
            levels
                .iter()
                .map(|level| Ok(Level { id: level.id.clone(), policies: all(&level.policies, kind)? }))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Policies {
            service_control: levels(&self.scp, PolicyKind::ServiceControl)?,
            resource_control: levels(&self.rcp, PolicyKind::ResourceControl)?,
            endpoint: all(&self.endpoint, PolicyKind::Endpoint)?,
            resource: one(&self.resource, on_resource(action))?,
            identity: all(&self.identity, PolicyKind::Identity)?,
            boundary: one(&self.boundary, PolicyKind::Identity)?,
            session: all(&self.session, PolicyKind::Identity)?,
            billing_closed: false,
        })
    }
}

/// A resource policy that is asked about `sts` is the trust policy of a role.
fn on_resource(action: &ActionName) -> PolicyKind {
    if action.service() == "sts" { PolicyKind::Trust } else { PolicyKind::Resource }
}

impl Named {
    fn compile(&self, kind: PolicyKind) -> Result<Policy, CaseError> {
        let parsed = parse_document(self.document.get(), kind);
        let document = parsed.value.ok_or_else(|| CaseError::Policy {
            name: self.name.to_string(),
            problem: parsed.diagnostics.into_iter().next().map(|finding| finding.message).unwrap_or_default(),
        })?;
        Ok(Policy {
            source: PolicySource { name: self.name.clone(), arn: None, group: None },
            compiled: Arc::new(CompiledPolicy::new(Arc::new(document), kind)),
        })
    }
}

fn account(name: &'static str, text: &str) -> Result<AccountId, CaseError> {
    AccountId::parse(text).map_err(|error| field(name, error))
}

fn field(field: &'static str, problem: impl ToString) -> CaseError {
    CaseError::Field { field, problem: problem.to_string() }
}
