//! What identities act on.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::identity::Tags;
use super::named::HasName;
use crate::ident::AccountId;

/// A resource of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// ARN.
    pub arn: Arc<str>,
    /// What it is.
    pub kind: ResourceKind,
    /// Tags.
    pub tags: Tags,
    /// Its resource policy, as it was written; `None` where there is none.
    pub policy: Option<Arc<str>>,
    /// ARN of the role or instance profile that it works with, for those that do.
    pub role: Option<Arc<str>>,
}

/// Kinds of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceKind {
    /// S3 bucket.
    Bucket,
    /// S3 object.
    Object,
    /// DynamoDB table.
    Table,
    /// Lambda function.
    Function,
    /// SQS queue.
    Queue,
    /// SNS topic.
    Topic,
    /// KMS key.
    Key,
    /// Secrets Manager secret.
    Secret,
    /// EC2 instance.
    Instance,
    /// Redshift cluster.
    Cluster,
}

impl ResourceKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Bucket,
        Self::Object,
        Self::Table,
        Self::Function,
        Self::Queue,
        Self::Topic,
        Self::Key,
        Self::Secret,
        Self::Instance,
        Self::Cluster,
    ];

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Bucket => "S3 bucket",
            Self::Object => "S3 object",
            Self::Table => "DynamoDB table",
            Self::Function => "Lambda function",
            Self::Queue => "SQS queue",
            Self::Topic => "SNS topic",
            Self::Key => "KMS key",
            Self::Secret => "Secrets Manager secret",
            Self::Instance => "EC2 instance",
            Self::Cluster => "Redshift cluster",
        }
    }

    /// The ARN of one in us-east-1; S3 has neither region nor account in its ARNs.
    pub fn arn(self, account: &AccountId, name: &str) -> Arc<str> {
        let (service, before_name) = self.arn_parts();
        match self {
            Self::Bucket | Self::Object => format!("arn:aws:s3:::{name}").into(),
            _ => format!("arn:aws:{service}:us-east-1:{account}:{before_name}{name}").into(),
        }
    }

    /// Service prefix and what stands before the name in the resource part of the ARN.
    pub fn arn_parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Bucket | Self::Object => ("s3", ""),
            Self::Table => ("dynamodb", "table/"),
            Self::Function => ("lambda", "function:"),
            Self::Queue => ("sqs", ""),
            Self::Topic => ("sns", ""),
            Self::Key => ("kms", "key/"),
            Self::Secret => ("secretsmanager", "secret:"),
            Self::Instance => ("ec2", "instance/"),
            Self::Cluster => ("redshift", "cluster:"),
        }
    }

    /// Whether AWS lets it have a policy of its own.
    pub fn takes_policy(self) -> bool {
        !matches!(self, Self::Object | Self::Instance | Self::Cluster)
    }
}

impl HasName for Resource {
    fn name(&self) -> &Arc<str> {
        &self.arn
    }
}
