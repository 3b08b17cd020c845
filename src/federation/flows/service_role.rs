//! Roles of services: Redshift loads a table from a bucket, and Lambda runs a function, each with a role that somebody passed
//! to it (FED-76, FED-77).

mod faults;
mod inputs;
mod lambda;
mod policies;
mod redshift;

use super::parts::{holds, lane};
use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::setting::Setting;
use crate::federation::sts;
use crate::model::ResourceKind;

const REDSHIFT: &[&str] = &["redshift"];
const LAMBDA: &[&str] = &["lambda"];
const CLUSTER: &str = "arn:aws:redshift:us-east-1:123456789012:cluster:sales";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:sales-report";

/// The flow.
pub const FLOW: Flow = Flow {
    id: "service-role",
    title: "A role for a service",
    about: "A service works with a role in place of somebody's keys. Whoever configures it has to be allowed to pass the role on, the role has to trust the service, and what the service may do is up to the role.",
    facts: "FED-76, FED-77, EVAL-96",
    lanes: &[
        Lane {
            id: "admin",
            name: "Data engineer",
            holds: &[
                holds(REDSHIFT, "key", "Access key", "of the user DataEngineer"),
                holds(LAMBDA, "key", "Access key", "of the user Developer"),
            ],
        },
        Lane {
            id: "caller",
            name: "SQL client",
            holds: &[holds(REDSHIFT, "password", "Database password", "AWS knows nothing of it")],
        },
        lane("service", "Amazon Redshift"),
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: "redshift", name: "Redshift loads a table", lanes: &[] },
        Variant {
            id: "lambda",
            name: "Lambda runs a function",
            lanes: &[("admin", "Developer"), ("caller", "Schedule"), ("service", "AWS Lambda")],
        },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const STEPS: &[Step] = &[
    Step {
        id: "attach",
        from: "admin",
        to: "service",
        message: "ModifyClusterIamRoles",
        about: "The engineer attaches the role to the cluster. Beside the change itself that takes iam:PassRole: else whoever may configure a cluster could use any role.",
        only: REDSHIFT,
        act: redshift::attach,
    },
    Step {
        id: "connect",
        from: "caller",
        to: "service",
        message: "Connect",
        about: "A database user signs in to the database. Database users and their rights are no business of IAM.",
        only: REDSHIFT,
        act: redshift::connect,
    },
    Step {
        id: "copy",
        from: "caller",
        to: "service",
        message: "COPY",
        about: "The statement names the table, where the data lies, and the role. Only roles that are attached to the cluster can be named.",
        only: REDSHIFT,
        act: redshift::copy,
    },
    Step {
        id: "assume",
        from: "service",
        to: "sts",
        message: "AssumeRole",
        about: "Redshift asks as redshift.amazonaws.com. It says for which cluster and account, and which database user it is.",
        only: REDSHIFT,
        act: redshift::assume,
    },
    Step {
        id: "create",
        from: "admin",
        to: "service",
        message: "CreateFunction",
        about: "The developer names the execution role. Beside the function itself that takes iam:PassRole: else whoever may make functions could use any role.",
        only: LAMBDA,
        act: lambda::create,
    },
    Step {
        id: "test",
        from: "service",
        to: "sts",
        message: "Can I assume it?",
        about: "Lambda tries the role at once, so that a function with a role that does not trust Lambda is not made at all.",
        only: LAMBDA,
        act: lambda::test,
    },
    Step {
        id: "created",
        from: "service",
        to: "admin",
        message: "The function",
        about: "From now on the function waits for events. The developer is not needed any longer.",
        only: LAMBDA,
        act: lambda::created,
    },
    Step {
        id: "invoke",
        from: "caller",
        to: "service",
        message: "Invoke",
        about: "Who may invoke the function is up to the policy on the function, not to the execution role.",
        only: LAMBDA,
        act: lambda::invoke,
    },
    Step {
        id: "assume",
        from: "service",
        to: "sts",
        message: "AssumeRole",
        about: "Lambda asks as lambda.amazonaws.com, with the name of the function as the name of the session.",
        only: LAMBDA,
        act: lambda::assume,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust the cluster?",
        about: "The trust policy names the service, and the condition keeps clusters of other accounts out.",
        only: REDSHIFT,
        act: redshift::trust,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust Lambda?",
        about: "A service has no identity policies: the trust policy alone decides.",
        only: LAMBDA,
        act: sts::authorize,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "service",
        message: "Temporary credentials",
        about: "They stay inside Redshift. Neither the engineer nor the database user ever sees them.",
        only: REDSHIFT,
        act: |stage| sts::issue(stage, "service"),
    },
    Step {
        id: "issue",
        from: "sts",
        to: "service",
        message: "Temporary credentials",
        about: "Lambda puts them into the environment of the function, where the SDK finds them. The code has no keys in it.",
        only: LAMBDA,
        act: lambda::issue,
    },
    Step {
        id: "list",
        from: "service",
        to: "s3",
        message: "ListBucket",
        about: "Redshift looks for every object that begins with the prefix of the statement.",
        only: REDSHIFT,
        act: redshift::list,
    },
    Step {
        id: "read",
        from: "service",
        to: "s3",
        message: "GetObject",
        about: "It reads each of them. Another statement, reading objects, is needed for that in the role's policy.",
        only: REDSHIFT,
        act: redshift::read,
    },
    Step {
        id: "read",
        from: "service",
        to: "s3",
        message: "GetObject",
        about: "The code reads the sales as the execution role.",
        only: LAMBDA,
        act: lambda::read,
    },
    Step {
        id: "write",
        from: "service",
        to: "s3",
        message: "PutObject",
        about: "The code writes the report. The role may write below one prefix only.",
        only: LAMBDA,
        act: lambda::write,
    },
    Step {
        id: "loaded",
        from: "service",
        to: "caller",
        message: "Loaded",
        about: "The client gets a count. No AWS credentials were in the statement.",
        only: REDSHIFT,
        act: redshift::loaded,
    },
];

fn setting(setting: &mut Setting) {
    if setting.is("redshift") {
        setting.redshift_loader();
        setting.resource(CLUSTER, ResourceKind::Cluster, None);
        setting.user("DataEngineer", &[("ConfigureCluster", policies::CONFIGURE_CLUSTER)]);
        setting.access_key("DataEngineer");
    } else {
        let inline = [("MakeReports", policies::MAKE_REPORTS)];
        setting.role("SalesReporter", "Execution role of sales-report", policies::TRUST_LAMBDA, &inline);
        let role = "arn:aws:iam::123456789012:role/SalesReporter";
        if setting.resource(FUNCTION, ResourceKind::Function, Some(role)) {
            setting.resource_policy(FUNCTION, policies::SCHEDULE_MAY_INVOKE);
        }
        setting.user("Developer", &[("MakeFunctions", policies::MAKE_FUNCTIONS)]);
        setting.access_key("Developer");
    }
    setting.resource("arn:aws:s3:::example-sales", ResourceKind::Bucket, None);
}
