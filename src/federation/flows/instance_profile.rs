//! Credentials for an application on EC2: an instance profile, and the metadata service that hands the role's credentials out
//! (FED-75, ERR-195).

mod faults;
mod imds;
mod inputs;
mod policies;

use serde_json::json;

use super::parts::{get_object_with, holds, lane, put_object, show_trust};
use crate::eval::ContextValue;
use crate::federation::credentials::{Caller, Keys};
use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::outcome::{Did, Failure, Happened, PaperKind};
use crate::federation::setting::Setting;
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::federation::{errors, identifiers, instant};
use crate::model::ResourceKind;

const INSTANCE: &str = "i-0123456789abcdef0";
const BUCKET: &str = "example-photos";
/// Seconds for which EC2 gets credentials (FED-9).
const LIFETIME: i64 = 21_600;
/// The service that asks for the role.
const SERVICE: &str = "ec2.amazonaws.com";

/// The flow.
pub const FLOW: Flow = Flow {
    id: "instance-profile",
    title: "A role for an application on EC2",
    about: "An application on an EC2 instance needs no keys: the instance has a role, and a service inside of it hands out the role's temporary credentials, again and again before they end.",
    facts: "FED-75, FED-9",
    lanes: &[
        Lane { id: "admin", name: "Operator", holds: &[holds(&[], "key", "Access key", "of the user Launcher")] },
        lane("ec2", "Amazon EC2"),
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("imds", "Instance metadata"),
        lane("app", "Application"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: "instance", name: "On the instance", lanes: &[] },
        Variant { id: "container", name: "In a container on it", lanes: &[("app", "Application in a container")] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const STEPS: &[Step] = &[
    Step {
        id: "launch",
        from: "admin",
        to: "ec2",
        message: "RunInstances",
        about: "The operator starts an instance with an instance profile, a box that holds one role. It takes iam:PassRole on the role, not on the box.",
        only: &[],
        act: launch,
    },
    Step {
        id: "assume",
        from: "ec2",
        to: "sts",
        message: "AssumeRole",
        about: "EC2 asks for the role as ec2.amazonaws.com. The instance's id becomes the name of the session.",
        only: &[],
        act: assume,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust EC2?",
        about: "A service has no identity policies: the trust policy alone decides.",
        only: &[],
        act: trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "imds",
        message: "Temporary credentials",
        about: "About six hours are left to them. The instance's metadata service keeps them ready.",
        only: &[],
        act: issue,
    },
    Step {
        id: "ask-token",
        from: "app",
        to: "imds",
        message: "PUT /latest/api/token",
        about: "The application asks for a token first. A page that is tricked into fetching addresses can send no PUT, and so gets no credentials.",
        only: &["instance"],
        act: imds::ask_token,
    },
    Step {
        id: "ask-token",
        from: "app",
        to: "imds",
        message: "PUT /latest/api/token",
        about: "The application asks for a token first. The answer may travel as many hops as the limit says, and a container is two away.",
        only: &["container"],
        act: imds::ask_token,
    },
    Step {
        id: "token",
        from: "imds",
        to: "app",
        message: "Token",
        about: "It is good on this instance alone, for as long as was asked.",
        only: &[],
        act: imds::token,
    },
    Step {
        id: "name",
        from: "app",
        to: "imds",
        message: "Which role?",
        about: "The metadata service answers with the name of the role in the profile.",
        only: &[],
        act: imds::name,
    },
    Step {
        id: "keys",
        from: "app",
        to: "imds",
        message: "Its credentials",
        about: "The application gets the three values. Whoever can run programs on the instance can get them too.",
        only: &[],
        act: imds::keys,
    },
    Step {
        id: "read",
        from: "app",
        to: "s3",
        message: "GetObject",
        about: "Every request says from which instance the credentials are and how they were handed out, for policies that ask.",
        only: &[],
        act: read,
    },
    Step {
        id: "refresh",
        from: "app",
        to: "imds",
        message: "New credentials",
        about: "Minutes before the end EC2 has assumed the role again, and the application asks for what is there now.",
        only: &[],
        act: refresh,
    },
    Step {
        id: "write",
        from: "app",
        to: "s3",
        message: "PutObject",
        about: "Six hours later the application works on. Nobody has handled a key.",
        only: &[],
        act: write,
    },
];

fn setting(setting: &mut Setting) {
    setting.photo_server();
    setting.user("Launcher", &[("LaunchPhotoServer", policies::LAUNCH)]);
    setting.access_key("Launcher");
    let instance = "arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0";
    setting.resource(instance, ResourceKind::Instance, None);
    setting.resource("arn:aws:s3:::example-photos", ResourceKind::Bucket, None);
}

fn instance(stage: &Stage<'_>) -> String {
    format!("arn:aws:ec2:{REGION}:{}:instance/{INSTANCE}", stage.home)
}

/// Name of the role in the profile that the instance was started with.
fn role_of_profile(stage: &Stage<'_>) -> Option<String> {
    let profile = stage.world.account(stage.home)?.instance_profiles.get(stage.input("profile"))?;
    profile.role.as_ref().map(ToString::to_string)
}

fn launch(stage: &mut Stage<'_>) -> Did {
    let account = stage.home.clone();
    stage.long_term("admin", &account, "Launcher");
    let profile = stage.input("profile");
    let profile_arn = format!("arn:aws:iam::{account}:instance-profile/{profile}");
    let options = [
        ("ec2:MetadataHttpTokens", stage.input("http_tokens")),
        ("ec2:MetadataHttpEndpoint", stage.input("endpoint")),
        ("ec2:MetadataHttpPutResponseHopLimit", stage.input("hop_limit")),
    ];
    let mut keys: Keys =
        options.iter().map(|(key, value)| ((*key).to_owned(), Some(ContextValue::One((*value).to_owned())))).collect();
    let mut named = String::new();
    if !profile.is_empty() {
        keys.insert("ec2:InstanceProfile".to_owned(), Some(ContextValue::One(profile_arn)));
        named = format!("&IamInstanceProfile.Name={profile}");
    }
    let call = Call {
        action: "ec2:RunInstances",
        resource: &format!("arn:aws:ec2:{REGION}:{account}:instance/*"),
        start: "POST /".to_owned(),
        host: format!("ec2.{REGION}.amazonaws.com"),
        headers: vec![("Content-Type".to_owned(), "application/x-www-form-urlencoded; charset=utf-8".to_owned())],
        body: format!(
            "Action=RunInstances&Version=2016-11-15&ImageId=ami-0123456789abcdef0&InstanceType=t3.micro&MinCount=1&MaxCount=1{named}&MetadataOptions.HttpTokens={}&MetadataOptions.HttpEndpoint={}&MetadataOptions.HttpPutResponseHopLimit={}",
            stage.input("http_tokens"),
            stage.input("endpoint"),
            stage.input("hop_limit"),
        ),
        keys,
        answer: "<RunInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"/>",
    };
    stage.call("admin", call)?;
    if profile.is_empty() {
        stage.note("The instance has no profile, and nothing was passed on.");
        return Ok(Happened::Allowed);
    }
    match role_of_profile(stage) {
        Some(role) => stage.pass_role("admin", "ec2", &stage.role_arn(&role), SERVICE),
        None => Err(no_profile(stage, profile)),
    }
}

/// FED-106: a profile is named, not a role.
fn no_profile(stage: &mut Stage<'_>, profile: &str) -> Failure {
    let message = format!(
        "Value ({profile}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name"
    );
    let failure = Failure::new("InvalidParameterValue", 400, message, "FED-106")
        .approximately()
        .because(format!("The account has no instance profile of the name `{profile}` with a role in it."));
    let id = identifiers::request_id(&stage.seed("request"));
    stage.respond(errors::response("ec2", &failure, &id));
    failure
}

/// The request for the role of the profile; nothing where the instance has none.
fn assume(stage: &mut Stage<'_>) -> Did {
    let Some(role) = role_of_profile(stage) else {
        stage.note("Without a profile there is no role to ask for.");
        return Ok(Happened::Accepted);
    };
    let ask = Ask {
        operation: Operation::AssumeRole,
        role: stage.role_arn(&role),
        name: INSTANCE.to_owned(),
        duration: LIFETIME.to_string(),
        ..Ask::default()
    };
    show_trust(stage, &ask.role);
    let caller = Caller::service(stage.home, SERVICE, &instance(stage));
    sts::receive_from_service(stage, ask, caller)?;
    let keys = [
        ("ec2:SourceInstanceArn", instance(stage)),
        ("aws:Ec2InstanceSourceVpc", "vpc-0a1b2c3d4e5f60718".to_owned()),
        ("aws:Ec2InstanceSourcePrivateIPv4", "10.0.0.4".to_owned()),
    ];
    if let Some(bearer) = stage.pending.as_mut().and_then(|pending| pending.bearer.as_mut()) {
        let keys = keys.into_iter().map(|(key, value)| (key.to_owned(), Some(ContextValue::One(value))));
        bearer.session_keys.extend(keys);
    }
    Ok(Happened::Sent)
}

fn trust(stage: &mut Stage<'_>) -> Did {
    if role_of_profile(stage).is_none() {
        return Ok(Happened::Accepted);
    }
    let done = sts::authorize(stage);
    if done.is_err() {
        let info = json!({ "Code": "AssumeRoleUnauthorizedAccess", "LastUpdated": instant::extended(stage.now) });
        stage.paper("What /latest/meta-data/iam/info says", PaperKind::Json, format!("{info:#}"));
        stage.note("The instance runs all the same, without credentials.");
    }
    done
}

fn issue(stage: &mut Stage<'_>) -> Did {
    if role_of_profile(stage).is_none() {
        return Ok(Happened::Accepted);
    }
    sts::issue(stage, "imds")
}

/// Keys of a request that goes through an endpoint of the VPC instead of the internet (KEY-35…38).
fn route(stage: &Stage<'_>) -> Keys {
    if stage.input("route") != "endpoint" {
        return Keys::new();
    }
    let one = |value: &str| Some(ContextValue::One(value.to_owned()));
    Keys::from([
        ("aws:SourceIp".to_owned(), None),
        ("aws:SourceVpc".to_owned(), one("vpc-0a1b2c3d4e5f60718")),
        ("aws:SourceVpce".to_owned(), one("vpce-0a1b2c3d4e5f60718")),
        ("aws:VpcSourceIp".to_owned(), one("10.0.0.4")),
    ])
}

fn read(stage: &mut Stage<'_>) -> Did {
    stage.wait(10);
    let keys = route(stage);
    get_object_with(stage, "app", (BUCKET, "cat.jpg"), keys)
}

/// Five minutes before the end.
fn refresh(stage: &mut Stage<'_>) -> Did {
    let until = stage.credentials.get("app").and_then(|credentials| credentials.expires);
    stage.wait(until.map_or(0, |until| stage.now.plus(300).until(until)));
    if stage.input("refresh") == "no" {
        stage.note("The application keeps what it got at first.");
        return Ok(Happened::Sent);
    }
    assume(stage)?;
    sts::authorize(stage)?;
    sts::issue(stage, "imds")?;
    imds::again(stage)
}

fn write(stage: &mut Stage<'_>) -> Did {
    stage.wait(600);
    let keys = route(stage);
    put_object(stage, "app", (BUCKET, "dog.jpg"), keys)
}
