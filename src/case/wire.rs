//! The shapes of a case, and their way into the engine's types. Read by hand: what derives would make of it weighs more in
//! the page than all that it reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::CaseError;
use super::fields::Fields;
use crate::eval::{
    self, CompiledPolicy, ContextValue, Level, Policies, Policy, PolicyList, PolicySource, Principal, Verdict,
};
use crate::ident::{AccountId, ActionName};
use crate::policy::{PolicyKind, parse_document};
use crate::text::json;

/// One question with everything that bears on it.
#[derive(Debug)]
pub struct Case {
    /// Name of the case, given back with the answer.
    pub id: String,
    /// For people.
    pub note: Option<String>,
    /// For people and reports.
    pub tags: Vec<String>,
    pub(super) request: WireRequest,
    pub(super) policies: WirePolicies,
    /// The decision that is expected, as it is written.
    expected: Option<String>,
}

#[derive(Debug)]
pub(super) struct WireRequest {
    principal: Principal,
    action: String,
    resource: String,
    resource_account: String,
    resourceless: bool,
    context: BTreeMap<String, ContextValue>,
}

#[derive(Debug, Default)]
pub(super) struct WirePolicies {
    identity: Vec<Named>,
    boundary: Option<Named>,
    session: Vec<Named>,
    resource: Option<Named>,
    scp: Vec<WireLevel>,
    rcp: Vec<WireLevel>,
    endpoint: Vec<Named>,
}

#[derive(Debug)]
struct Named {
    name: Arc<str>,
    /// Kept as text, so that spans and duplicate keys survive.
    document: String,
}

#[derive(Debug)]
struct WireLevel {
    id: Arc<str>,
    policies: Vec<Named>,
}

impl Case {
    /// Reads a line. Names that are not known are refused: a misspelt one would otherwise be left out of the answer.
    pub(super) fn read(line: &str) -> Result<Self, CaseError> {
        let json = json::parse(line).map_err(|finding| CaseError::Shape(finding.message))?;
        let case = Fields::of(line, "the case", &json)?;
        case.knows(&["id", "note", "tags", "request", "policies", "expect"])?;
        Ok(Self {
            id: case.text("id")?,
            note: case.optional_text("note")?,
            tags: case.texts("tags")?.unwrap_or_default(),
            request: WireRequest::of(&case.object("request")?)?,
            policies: case
                .optional("policies")?
                .map(|policies| WirePolicies::of(&policies))
                .transpose()?
                .unwrap_or_default(),
            expected: case.optional("expect")?.map(|expect| expect.optional_text("decision")).transpose()?.flatten(),
        })
    }

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
        self.policies.session.iter().map(|policy| (&*policy.name, policy.document.as_str())).collect()
    }

    /// The decision that is expected, where it says one that there is.
    pub fn expected(&self) -> Option<Verdict> {
        Verdict::of_id(self.expected.as_deref()?)
    }
}

impl WireRequest {
    fn of(request: &Fields<'_>) -> Result<Self, CaseError> {
        request.knows(&["principal", "action", "resource", "resourceAccount", "resourceless", "context"])?;
        let mut context = BTreeMap::new();
        for (key, value) in request.optional("context")?.iter().flat_map(Fields::all) {
            context.insert(key.to_owned(), request.one_or_many(key, value)?);
        }
        Ok(Self {
            principal: principal(&request.object("principal")?)?,
            action: request.text("action")?,
            resource: request.text("resource")?,
            resource_account: request.text("resourceAccount")?,
            resourceless: request.flag("resourceless")?,
            context,
        })
    }

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
        Ok(eval::Request {
            principal: self.principal.clone(),
            action,
            resource,
            resource_account: Some(account("resourceAccount", &self.resource_account)?),
            context: self.context.iter().map(|(key, value)| (key.as_str(), value.clone())).collect(),
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

fn check_sizes(context: &BTreeMap<String, ContextValue>) -> Result<(), CaseError> {
    for (key, value) in context {
        let texts = match value {
            ContextValue::One(text) => std::slice::from_ref(text),
            ContextValue::Many(list) => list,
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

fn principal(of: &Fields<'_>) -> Result<Principal, CaseError> {
    let own = || account("principal.account", &of.text("account")?);
    let arn = || of.text("arn").map(Arc::<str>::from);
    let optional = |name| Ok::<_, CaseError>(of.optional_text(name)?.map(Arc::<str>::from));
    let kind = of.text("kind")?;
    let (known, principal): (&[&str], _) = match kind.as_str() {
        "user" => (&["arn", "account"], Principal::User { arn: arn()?, account: own()? }),
        "roleSession" => (
            &["arn", "account", "role"],
            Principal::RoleSession { arn: arn()?, role: optional("role")?, account: own()? },
        ),
        "role" => (&["arn", "account"], Principal::Role { arn: arn()?, account: own()? }),
        "federatedUser" => (
            &["arn", "account", "user"],
            Principal::FederatedUser { arn: arn()?, user: optional("user")?, account: own()? },
        ),
        "root" => (&["arn", "account"], Principal::Root { account: own()? }),
        "federated" => (&["provider", "account"], Principal::Federated { provider: of.text("provider")?.into() }),
        "service" => (&["service"], Principal::Service { name: of.text("service")?.into() }),
        "anonymous" => (&[], Principal::Anonymous),
        other => return Err(CaseError::Shape(format!("`{other}` is no kind of principal"))),
    };
    of.knows(&[known, &["kind"]].concat())?;
    Ok(principal)
}

impl WirePolicies {
    fn of(policies: &Fields<'_>) -> Result<Self, CaseError> {
        policies.knows(&["identity", "boundary", "session", "resource", "scp", "rcp", "endpoint"])?;
        let all = |name| policies.list(name)?.iter().map(Named::of).collect::<Result<Vec<_>, _>>();
        let one = |name| policies.optional(name)?.as_ref().map(Named::of).transpose();
        let levels = |name| policies.list(name)?.iter().map(WireLevel::of).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            identity: all("identity")?,
            boundary: one("boundary")?,
            session: all("session")?,
            resource: one("resource")?,
            scp: levels("scp")?,
            rcp: levels("rcp")?,
            endpoint: all("endpoint")?,
        })
    }

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
        let parsed = named.flat_map(|(policy, kind)| parse_document(&policy.document, kind).diagnostics);
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

impl WireLevel {
    fn of(level: &Fields<'_>) -> Result<Self, CaseError> {
        level.knows(&["level", "id", "policies"])?;
        level.text("level")?;
        let policies = level.needed_list("policies")?.iter().map(Named::of).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { id: level.text("id")?.into(), policies })
    }
}

impl Named {
    fn of(policy: &Fields<'_>) -> Result<Self, CaseError> {
        policy.knows(&["name", "kind", "document"])?;
        policy.optional_text("kind")?;
        Ok(Self { name: policy.text("name")?.into(), document: policy.source("document")?.to_owned() })
    }

    fn compile(&self, kind: PolicyKind) -> Result<Policy, CaseError> {
        let parsed = parse_document(&self.document, kind);
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
