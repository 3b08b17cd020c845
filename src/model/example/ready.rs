//! The worlds that people can begin with, each with the question that shows its point.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    ADMINISTRATOR, MOBILE_APP, PHOTO_SERVER, REDSHIFT_LOADER, SERVE_PHOTOS, TABLE_MAKER, administrators, build, empty,
    empty_account, in_role, inline, mobile_app, orders, photo_server, photos, primer, role, sales_loader, table_maker,
    user,
};
use crate::ident::AccountId;
use crate::model::control;
use crate::model::{
    Asking, Command, ControlKind, ControlPolicy, FULL_AWS_ACCESS, Holder, Named, Organization, PasswordHash,
    PrincipalRef, Provider, ProviderKind, SignsIn, Unit, World,
};

/// A ready-made world.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Stable id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    /// The world.
    pub world: fn() -> World,
    /// What it opens on.
    pub question: fn() -> Asking,
}

/// Every ready-made world, the primer's account first.
pub const EXAMPLES: [Example; 8] = [
    Example {
        id: "primer",
        name: "Primer",
        about: "An administrator, a user with one permission, and roles for a service, a server and a mobile app.",
        world: primer,
        question: || Asking::new(as_user(ADMINISTRATOR), "s3:ListAllMyBuckets", "*"),
    },
    Example {
        id: "empty",
        name: "Empty account",
        about: "Only the root user. Make the user Administrator and give it permissions.",
        world: || empty("Empty account"),
        question: || Asking::new(as_user(ADMINISTRATOR), "s3:ListAllMyBuckets", "*"),
    },
    Example {
        id: "identities",
        name: "Identities of every kind",
        about: "A user with password and access key in a group, roles for services, and people who sign in elsewhere.",
        world: identities,
        question: || Asking::new(as_user("Ana"), "s3:GetObject", "arn:aws:s3:::example-photos/cat.jpg"),
    },
    Example {
        id: "table-maker",
        name: "DynamoDB table maker",
        about: "A user who may create tables and nothing else.",
        world: || build(empty("DynamoDB table maker"), &[table_maker(), vec![orders()]].concat()),
        question: || {
            let table = "arn:aws:dynamodb:us-east-1:123456789012:table/Music";
            Asking::new(as_user(TABLE_MAKER), "dynamodb:CreateTable", table)
        },
    },
    Example {
        id: "redshift",
        name: "Redshift reads S3",
        about: "A role that Redshift takes on to load data from a bucket.",
        world: || build(empty("Redshift reads S3"), &sales_loader()),
        question: || {
            let loader = PrincipalRef::Role(REDSHIFT_LOADER.into());
            Asking::new(loader, "s3:GetObject", "arn:aws:s3:::example-sales/2026/sales.csv")
        },
    },
    Example {
        id: "ec2",
        name: "Application on EC2",
        about: "A role in an instance profile, so that the application needs no keys of its own.",
        world: || build(empty("Application on EC2"), &[photo_server(), vec![photos()]].concat()),
        question: || {
            let server = PrincipalRef::Role(PHOTO_SERVER.into());
            Asking::new(server, "s3:PutObject", "arn:aws:s3:::example-photos/cat.jpg")
        },
    },
    Example {
        id: "mobile",
        name: "Mobile app with web identities",
        about: "People sign in with Amazon, Facebook or Google and reach their own photos only.",
        world: || build(empty("Mobile app with web identities"), &[mobile_app(), vec![photos()]].concat()),
        question: || {
            let person =
                PrincipalRef::FederatedSession { role: MOBILE_APP.into(), provider: "accounts.google.com".into() };
            Asking::new(person, "s3:GetObject", "arn:aws:s3:::example-photos/google/somebody-else/cat.jpg")
        },
    },
    Example {
        id: "organization",
        name: "Organization with guard rails",
        about: "A member account whose administrator is held back by a service control policy.",
        world: organization,
        question: || {
            let trail = "arn:aws:cloudtrail:us-east-1:123456789012:trail/Audit";
            Asking::new(as_user(ADMINISTRATOR), "cloudtrail:StopLogging", trail)
        },
    },
];

const ORGANIZATION: &str = "o-exampleorg1";

fn as_user(name: &str) -> PrincipalRef {
    PrincipalRef::User(name.into())
}

const TRUST_SAML: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Staff",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:saml-provider/Staff" },
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {
        "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" }
      }
    }
  ]
}
"#;

const TRUST_GITHUB: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "MainBranch",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:example/photos:ref:refs/heads/main"
        }
      }
    }
  ]
}
"#;

const KEEP_TRAILS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepTrails",
      "Effect": "Deny",
      "Action": ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging"],
      "Resource": "*"
    }
  ]
}
"#;

fn identities() -> World {
    let (ana, photographers): (Arc<str>, Arc<str>) = ("Ana".into(), "Photographers".into());
    let provider = |name: &str, kind| Command::CreateProvider { provider: Provider { name: name.into(), kind } };
    // Of `Playground-1`.
    let password = PasswordHash {
        salt: "aWFtLXBsYXlncm91bmQtMQ==".into(),
        rounds: 100_000,
        hash: "QpNcNur37klrUrRYxlIjTvUXW7cQm2F2MGf29ZcSQlU=".into(),
    };
    let oidc = ProviderKind::Oidc { audiences: vec!["sts.amazonaws.com".into()] };
    let own = vec![
        Command::CreateGroup { name: photographers.clone(), path: "/".into() },
        inline(Holder::Group(photographers.clone()), "ServePhotos", SERVE_PHOTOS),
        user(&ana),
        Command::AddUserToGroup { user: ana.clone(), group: photographers },
        Command::CreateLoginProfile { user: ana.clone(), password, reset_required: false },
        Command::CreateAccessKey { of: SignsIn::User(ana) },
        provider("Staff", ProviderKind::Saml { issuer: "https://idp.example.com/metadata".into() }),
        role("StaffReader", "Whoever signs in through the company", TRUST_SAML),
        inline(in_role("StaffReader"), "ServePhotos", SERVE_PHOTOS),
        provider("token.actions.githubusercontent.com", oidc),
        role("Deployer", "The build on the main branch", TRUST_GITHUB),
        inline(in_role("Deployer"), "ServePhotos", SERVE_PHOTOS),
        photos(),
    ];
    build(empty("Identities of every kind"), &[own, sales_loader(), photo_server(), mobile_app()].concat())
}

fn organization() -> World {
    let mut world = build(empty("Organization with guard rails"), &[administrators(), vec![photos()]].concat());
    let member = AccountId::example();
    let Ok(management) = AccountId::parse("111122223333") else { return world };
    let account = empty_account(management.clone(), "Management", "management@example.com");
    world.accounts.insert(management.clone(), Arc::new(account));
    let (root, unit): (Arc<str>, Arc<str>) = ("r-exam".into(), "ou-exam-workload".into());
    let (full, trails, people): (Arc<str>, Arc<str>, Arc<str>) =
        (FULL_AWS_ACCESS.into(), "KeepTrails".into(), "OnlyOurPeople".into());
    let mut policies = Named::default();
    let only_ours = control::for_organization(control::ONLY_MY_ORGANIZATION, ORGANIZATION);
    for (name, kind, text) in
        [(&trails, ControlKind::Service, KEEP_TRAILS), (&people, ControlKind::Resource, &only_ours)]
    {
        policies.add(ControlPolicy { name: name.clone(), kind, text: text.into() });
    }
    world.organization = Some(Arc::new(Organization {
        id: ORGANIZATION.into(),
        root: root.clone(),
        units: BTreeMap::from([(unit.clone(), Unit { name: "Workloads".into(), parent: root.clone() })]),
        places: BTreeMap::from([(management.clone(), root.clone()), (member.clone(), unit.clone())]),
        policies,
        attached: BTreeMap::from([
            (root, vec![full.clone(), people]),
            (unit, vec![full.clone(), trails]),
            (member.as_str().into(), vec![full.clone()]),
            (management.as_str().into(), vec![full]),
        ]),
        management,
    }));
    world
}
