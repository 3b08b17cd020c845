//! Trust policies to begin with: one for each way in which AWS lets a role be assumed (CON-14, CON-15).

use serde_json::{Map, Value, json};

/// Who a new role is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trusted {
    /// An EC2 instance.
    #[default]
    Ec2,
    /// A Lambda function.
    Lambda,
    /// A Redshift cluster.
    Redshift,
    /// Identities of this account.
    ThisAccount,
    /// Identities of another account, who know an external id.
    OtherAccount,
    /// People who sign in with Google.
    Google,
    /// People who sign in with Login with Amazon.
    Amazon,
    /// People who sign in with Facebook.
    Facebook,
}

impl Trusted {
    /// Every choice, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Ec2,
        Self::Lambda,
        Self::Redshift,
        Self::ThisAccount,
        Self::OtherAccount,
        Self::Google,
        Self::Amazon,
        Self::Facebook,
    ];

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ec2 => "AWS service: EC2",
            Self::Lambda => "AWS service: Lambda",
            Self::Redshift => "AWS service: Redshift",
            Self::ThisAccount => "AWS account: this one",
            Self::OtherAccount => "AWS account: another one",
            Self::Google => "Web identity: Google",
            Self::Amazon => "Web identity: Login with Amazon",
            Self::Facebook => "Web identity: Facebook",
        }
    }

    /// The trust policy for a role of `account`, with example values where a person has to fill in their own.
    pub fn document(self, account: &str) -> String {
        let (principal, action, condition) = match self {
            Self::Ec2 => service("ec2"),
            Self::Lambda => service("lambda"),
            Self::Redshift => service("redshift"),
            Self::ThisAccount => (json!({ "AWS": format!("arn:aws:iam::{account}:root") }), "sts:AssumeRole", None),
            Self::OtherAccount => (
                json!({ "AWS": "arn:aws:iam::444455556666:root" }),
                "sts:AssumeRole",
                Some(("sts:ExternalId", "example-external-id")),
            ),
            Self::Google => {
                provider("accounts.google.com", ("accounts.google.com:aud", "407408718192.apps.googleusercontent.com"))
            }
            Self::Amazon => provider("www.amazon.com", ("www.amazon.com:app_id", "amzn1.application.EXAMPLE")),
            Self::Facebook => provider("graph.facebook.com", ("graph.facebook.com:app_id", "117743971608120")),
        };
        let mut statement = Map::new();
        statement.insert("Effect".to_owned(), "Allow".into());
        statement.insert("Principal".to_owned(), principal);
        statement.insert("Action".to_owned(), action.into());
        if let Some((key, value)) = condition {
            statement.insert("Condition".to_owned(), json!({ "StringEquals": { key: value } }));
        }
        let document = json!({ "Version": "2012-10-17", "Statement": [statement] });
        serde_json::to_string_pretty(&document).unwrap_or_default()
    }
}

type Parts = (Value, &'static str, Option<(&'static str, &'static str)>);

fn service(prefix: &str) -> Parts {
    (json!({ "Service": format!("{prefix}.amazonaws.com") }), "sts:AssumeRole", None)
}

fn provider(name: &str, condition: (&'static str, &'static str)) -> Parts {
    (json!({ "Federated": name }), "sts:AssumeRoleWithWebIdentity", Some(condition))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{PolicyKind, parse_document};

    #[test]
    fn every_template_is_a_trust_policy_that_aws_stores() {
        for trusted in Trusted::ALL {
            let parsed = parse_document(&trusted.document("123456789012"), PolicyKind::Trust);
            assert!(parsed.diagnostics.is_empty(), "{trusted:?}: {:?}", parsed.diagnostics);
            assert_eq!(parsed.value.map(|document| document.statements.len()), Some(1));
        }
    }
}
