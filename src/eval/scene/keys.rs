//! From a scene to its keys.

use super::{
    Call, Caller, Credentials, Network, Organization, ResourceFacts, RoleSession, Scene, Source, Tags, Through,
};
use crate::eval::ContextValue;
use crate::eval::operator::date;

/// Where a value of the context comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Who asks.
    Principal,
    /// How they signed in.
    Session,
    /// How the request arrives.
    Network,
    /// The request itself.
    Request,
    /// What it is about.
    Resource,
    /// Added by hand.
    Added,
}

/// One key of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// As AWS spells it.
    pub name: String,
    /// Its value.
    pub value: ContextValue,
    /// Where it comes from.
    pub origin: Origin,
}

/// All keys of a scene, grouped by origin.
pub fn keys(scene: &Scene) -> Vec<Key> {
    let mut found = Keys { keys: Vec::new(), origin: Origin::Principal };
    found.of_caller(&scene.caller);
    if let Some(organization) = &scene.caller_organization
        && has_organization(&scene.caller)
    {
        found.under(Origin::Principal).organization("aws:PrincipalOrg", organization);
    }
    found.of_network(scene);
    found.of_call(&scene.call, &scene.called_via);
    if let Some(resource) = &scene.resource {
        found.of_resource(resource);
    }
    found.keys
}

/// The keys that hold the application and the person of a token, without their prefix (KEY-120…123).
pub fn claim_names(prefix: &str) -> (&'static str, &'static str) {
    match prefix {
        "www.amazon.com" => ("app_id", "user_id"),
        "graph.facebook.com" => ("app_id", "id"),
        _ => ("aud", "sub"),
    }
}

/// KEY-82.
fn has_organization(caller: &Caller) -> bool {
    !matches!(caller, Caller::Service { .. } | Caller::Federated { .. } | Caller::Anonymous)
}

struct Keys {
    keys: Vec<Key>,
    origin: Origin,
}

impl Keys {
    fn under(&mut self, origin: Origin) -> &mut Self {
        self.origin = origin;
        self
    }

    fn one(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let key = Key { name: name.into(), value: ContextValue::One(value.into()), origin: self.origin };
        self.keys.push(key);
    }

    fn many(&mut self, name: impl Into<String>, values: Vec<String>) {
        let key = Key { name: name.into(), value: ContextValue::Many(values), origin: self.origin };
        self.keys.push(key);
    }

    fn all(&mut self, pairs: &[(String, ContextValue)]) {
        let origin = self.origin;
        self.keys.extend(pairs.iter().map(|(name, value)| Key { name: name.clone(), value: value.clone(), origin }));
    }

    fn tags(&mut self, prefix: &str, tags: &Tags) {
        for (key, value) in tags {
            self.one(format!("{prefix}/{key}"), value);
        }
    }

    fn organization(&mut self, prefix: &str, organization: &Organization) {
        self.one(format!("{prefix}ID"), &organization.id);
        self.many(format!("{prefix}Paths"), vec![organization.path.clone()]);
    }

    /// KEY-70, KEY-80…93.
    fn of_caller(&mut self, caller: &Caller) {
        match caller {
            Caller::Root { account, credentials } => {
                self.identity(&format!("arn:aws:iam::{account}:root"), account.as_str(), "Account", account.as_str());
                self.under(Origin::Session).credentials(credentials);
            }
            Caller::User { account, arn, name, id, tags, credentials } => {
                self.identity(arn, account.as_str(), "User", id);
                self.one("aws:username", name);
                self.tags("aws:PrincipalTag", tags);
                self.under(Origin::Session).credentials(credentials);
            }
            Caller::RoleSession(session) => self.role_session(session),
            Caller::FederatedUser { account, name, tags, issued } => {
                let arn = format!("arn:aws:sts::{account}:federated-user/{name}");
                self.identity(&arn, account.as_str(), "FederatedUser", &format!("{account}:{name}"));
                self.tags("aws:PrincipalTag", tags);
                self.under(Origin::Session).one("aws:TokenIssueTime", issued);
            }
            Caller::Service { names, source } => self.service(names, source.as_ref()),
            Caller::Federated { claims } => self.all(claims),
            Caller::Anonymous => {
                self.one("aws:PrincipalAccount", "anonymous");
                self.one("aws:PrincipalType", "Anonymous");
                self.one("aws:userid", "anonymous");
            }
        }
    }

    fn identity(&mut self, arn: &str, account: &str, kind: &str, id: &str) {
        self.one("aws:PrincipalArn", arn);
        self.one("aws:PrincipalAccount", account);
        self.one("aws:PrincipalType", kind);
        self.one("aws:userid", id);
        self.one("aws:PrincipalIsAWSService", "false");
    }

    /// KEY-21…23, KEY-86…88.
    fn credentials(&mut self, credentials: &Credentials) {
        let (Credentials::Console { issued, mfa_age } | Credentials::SessionToken { issued, mfa_age }) = credentials
        else {
            return;
        };
        self.one("aws:TokenIssueTime", issued);
        self.one("aws:MultiFactorAuthPresent", mfa_age.is_some().to_string());
        if let Some(age) = mfa_age {
            self.one("aws:MultiFactorAuthAge", age.to_string());
        }
    }

    /// A session carries no MFA keys (EVAL-169, KEY-231).
    fn role_session(&mut self, session: &RoleSession) {
        let id = format!("{}:{}", session.role_id, session.name);
        self.identity(&session.role, session.account.as_str(), "AssumedRole", &id);
        self.tags("aws:PrincipalTag", &session.tags);
        self.under(Origin::Session).one("aws:TokenIssueTime", &session.issued);
        if let Some(identity) = &session.source_identity {
            self.one("aws:SourceIdentity", identity);
        }
        match &session.through {
            Through::AssumeRole => {}
            Through::WebIdentity { provider, prefix, audience, subject, methods } => {
                self.one("aws:FederatedProvider", provider);
                let (of_audience, of_subject) = claim_names(prefix);
                self.one(format!("{prefix}:{of_audience}"), audience);
                self.one(format!("{prefix}:{of_subject}"), subject);
                if !methods.is_empty() {
                    self.many(format!("{prefix}:amr"), methods.clone());
                }
            }
            Through::Saml { name_qualifier, subject, subject_type } => {
                self.one("saml:namequalifier", name_qualifier);
                self.one("saml:sub", subject);
                self.one("saml:sub_type", subject_type);
            }
            Through::Ec2 { instance, vpc, private_ip, delivery } => {
                self.one("ec2:SourceInstanceArn", instance);
                self.one("ec2:RoleDelivery", delivery);
                self.one("aws:Ec2InstanceSourceVpc", vpc);
                self.one("aws:Ec2InstanceSourcePrivateIPv4", private_ip);
            }
        }
    }

    /// KEY-15…17, KEY-58…60; no ARN and no account of its own (KEY-232).
    fn service(&mut self, names: &[String], source: Option<&Source>) {
        self.one("aws:PrincipalIsAWSService", "true");
        if let Some(name) = names.first() {
            self.one("aws:PrincipalServiceName", name);
        }
        self.many("aws:PrincipalServiceNamesList", names.to_vec());
        if let Some(source) = source {
            self.one("aws:SourceArn", &source.arn);
            self.one("aws:SourceAccount", source.account.as_str());
            if let Some(organization) = &source.organization {
                self.organization("aws:SourceOrg", organization);
            }
        }
    }

    /// KEY-35…38, KEY-94, KEY-95. A service calling with the caller's credentials keeps the public address and loses the
    /// endpoint (EVAL-123).
    fn of_network(&mut self, scene: &Scene) {
        let forwarded = !scene.called_via.is_empty();
        self.under(Origin::Network);
        match (&scene.network, &scene.caller) {
            (Network::Internet { .. }, Caller::Service { .. }) => {}
            (Network::Internet { ip }, _) => self.one("aws:SourceIp", ip),
            (Network::Endpoint { .. }, _) if forwarded => {}
            (Network::Endpoint { vpc, endpoint, private_ip }, _) => {
                self.one("aws:SourceVpc", vpc);
                self.one("aws:SourceVpce", endpoint);
                self.one("aws:VpcSourceIp", private_ip);
            }
        }
        self.one("aws:SecureTransport", scene.call.secure.to_string());
        self.one("aws:UserAgent", &scene.call.user_agent);
    }

    /// KEY-50…57, KEY-61, KEY-96.
    fn of_call(&mut self, call: &Call, called_via: &[String]) {
        self.under(Origin::Request).one("aws:CurrentTime", &call.time);
        if let Some(nanoseconds) = date::parse(&call.time) {
            self.one("aws:EpochTime", nanoseconds.div_euclid(1_000_000_000).to_string());
        }
        self.one("aws:RequestedRegion", &call.region);
        self.one("aws:ViaAWSService", (!called_via.is_empty()).to_string());
        if let (Some(first), Some(last)) = (called_via.first(), called_via.last()) {
            self.many("aws:CalledVia", called_via.to_vec());
            self.one("aws:CalledViaFirst", first);
            self.one("aws:CalledViaLast", last);
        }
        if !call.tags.is_empty() {
            self.tags("aws:RequestTag", &call.tags);
            self.many("aws:TagKeys", call.tags.keys().cloned().collect());
        }
        self.all(&call.parameters);
    }

    /// KEY-45…48.
    fn of_resource(&mut self, resource: &ResourceFacts) {
        self.under(Origin::Resource).one("aws:ResourceAccount", resource.account.as_str());
        if let Some(organization) = &resource.organization {
            self.organization("aws:ResourceOrg", organization);
        }
        self.tags("aws:ResourceTag", &resource.tags);
    }
}
