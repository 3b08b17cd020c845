//! Accounts of real size for the checks.

use iam_playground::eval::situation::Library;
use iam_playground::ident::AccountId;
use iam_playground::model::{
    Command, Holder, InlinePolicy, Occasion, Resource, ResourceKind, SignsIn, Time, World, apply, example,
};

use crate::cases::managed;

/// When the worlds are made, and when they are checked.
pub const NOW: Time = Time(1_768_000_000);

/// 200 users in 20 groups, 50 roles and 100 customer managed policies: most with permissions of their own work, some who
/// administer identities, some who start services with roles.
pub fn company() -> World {
    let mut world = example::empty("Company");
    let mut run = |command: Command| {
        let occasion = Occasion { account: AccountId::example(), now: NOW };
        world = apply(&world, &command, &occasion).expect("no refusal");
    };
    for number in 0..100 {
        run(Command::CreatePolicy {
            name: format!("policy-{number}").into(),
            path: "/".into(),
            description: "".into(),
            text: work(number).into(),
        });
    }
    let own = |number: usize| format!("arn:aws:iam::123456789012:policy/policy-{}", number % 100);
    for number in 0..20 {
        let holder = Holder::Group(format!("group-{number}").into());
        run(Command::CreateGroup { name: holder.name().clone(), path: "/".into() });
        for step in 0..4 {
            run(Command::AttachPolicy { holder: holder.clone(), arn: own(number * 5 + step).into() });
        }
        if number == 0 {
            run(Command::AttachPolicy { holder: holder.clone(), arn: example::ADMINISTRATOR_ACCESS.into() });
        }
        if number % 4 == 1 {
            run(Command::AttachPolicy { holder, arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".into() });
        }
    }
    for number in 0..200 {
        let name = format!("user-{number}");
        run(Command::CreateUser { name: name.as_str().into(), path: "/".into(), tags: Vec::new() });
        run(Command::AddUserToGroup { user: name.as_str().into(), group: format!("group-{}", number % 20).into() });
        run(Command::CreateAccessKey { of: SignsIn::User(name.as_str().into()) });
    }
    for number in 0..50 {
        let trust = match number % 5 {
            0 => r#"{"Service":"ec2.amazonaws.com"}"#.to_owned(),
            1 => r#"{"Service":"lambda.amazonaws.com"}"#.to_owned(),
            2 => r#"{"AWS":"arn:aws:iam::123456789012:root"}"#.to_owned(),
            3 => format!(r#"{{"AWS":"arn:aws:iam::123456789012:user/user-{number}"}}"#),
            _ => r#"{"Service":"cloudformation.amazonaws.com"}"#.to_owned(),
        };
        let trust = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{trust},"Action":"sts:AssumeRole"}}}}"#
        );
        let name = format!("role-{number}");
        let (path, description) = ("/".into(), "".into());
        run(Command::CreateRole {
            name: name.as_str().into(),
            path,
            description,
            trust: trust.into(),
            tags: Vec::new(),
        });
        let holder = Holder::Role(name.into());
        run(Command::AttachPolicy { holder: holder.clone(), arn: own(number * 2).into() });
        let policy = InlinePolicy { name: "own".into(), text: work(1_000 + number).into() };
        run(Command::PutInlinePolicy { holder, policy });
    }
    for number in 0..20 {
        let arn = format!("arn:aws:s3:::company-{number}").into();
        let resource = Resource { arn, kind: ResourceKind::Bucket, tags: Default::default(), policy: None, role: None };
        run(Command::CreateResource { resource });
    }
    world
}

/// Permissions for some work.
fn work(number: usize) -> String {
    let statement = match number % 25 {
        7 => r#""Action":["iam:PassRole","lambda:CreateFunction","lambda:InvokeFunction"],"Resource":"*""#.to_owned(),
        13 => r#""Action":["iam:CreateAccessKey","iam:CreateLoginProfile","iam:AddUserToGroup"],"Resource":["arn:aws:iam::*:user/user-1*","arn:aws:iam::*:group/group-1*"]"#.to_owned(),
        19 => r#""Action":["iam:*","sts:AssumeRole"],"Resource":"arn:aws:iam::*:role/role-4*""#.to_owned(),
        _ => format!(r#""Action":["s3:GetObject","s3:PutObject","dynamodb:Query"],"Resource":["arn:aws:s3:::company-{number}/*","arn:aws:dynamodb:*:*:table/work-{number}"]"#),
    };
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{statement}}},{{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{{"Bool":{{"aws:SecureTransport":"false"}}}}}}]}}"#
    )
}

/// The managed policies that the worlds use.
pub fn library() -> Library {
    let wanted = |arn: &str| arn.ends_with("/AdministratorAccess") || arn.ends_with("/ReadOnlyAccess");
    let policies = managed().into_iter().filter(|policy| wanted(&policy.arn));
    policies.fold(Library::default(), |library, policy| library.with(policy.arn, policy.document))
}
