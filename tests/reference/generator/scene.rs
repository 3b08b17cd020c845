//! Who asks for what: the request of a case, and what nearly names it.

use serde_json::{Value, json};

use super::random::Random;
use super::vocabulary::other_case;

pub const OWN: &str = "111122223333";
pub const OTHER: &str = "444455556666";

/// A request without its context.
pub struct Scene {
    pub kind: &'static str,
    pub principal: Value,
    /// Entries of a Principal element that name the caller, as (kind, entry).
    pub names: Vec<(&'static str, String)>,
    /// What the caller has to be exempted by in NotPrincipal, all of it.
    pub exemption: Vec<(&'static str, String)>,
    pub user_id: Option<String>,
    pub principal_arn: Option<String>,
    pub action: String,
    pub resource: String,
    pub resource_account: String,
    pub resourceless: bool,
    /// Whether the resource's policy is the trust policy of a role.
    pub trust: bool,
    /// Whether the caller is in another partition than the resource.
    pub far: bool,
    /// Whether the caller has an account, and so may have identity policies.
    pub has_account: bool,
}

impl Scene {
    /// Puts the caller into another partition than the resource (EVAL-83).
    fn move_to_china(&mut self) {
        let moved = |text: &str| text.replace("arn:aws:", "arn:aws-cn:");
        if let Some(fields) = self.principal.as_object_mut() {
            for field in fields.values_mut() {
                *field = json!(moved(field.as_str().unwrap_or_default()));
            }
        }
        for (_, name) in self.names.iter_mut().chain(&mut self.exemption) {
            *name = moved(name);
        }
        self.principal_arn = self.principal_arn.as_deref().map(moved);
    }
}

const SERVICES: [&str; 3] = ["lambda.amazonaws.com", "s3.amazonaws.com", "lambda.us-east-1.amazonaws.com"];

pub fn scene(random: &mut Random) -> Scene {
    let account = if random.chance(85) { OWN } else { OTHER };
    let mut scene = caller(random, account);
    let crosses = scene.has_account && random.chance(35);
    let owner = match (crosses, account) {
        (false, account) => account,
        (true, OWN) => OTHER,
        (true, _) => OWN,
    };
    target(random, &mut scene, account, owner);
    if crosses && scene.kind != "root" && random.chance(7) {
        scene.move_to_china();
        scene.far = true;
    }
    if random.chance(12) {
        scene.action = other_case(random, &scene.action);
    }
    scene
}

fn caller(random: &mut Random, account: &str) -> Scene {
    let role = random.word(&["app", "team/app", "App", "team/app", "app"]);
    let role = match random.chance(12) {
        true => "aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda",
        false => role,
    };
    let role_name = role.rsplit('/').next().unwrap_or_default();
    let session = random.word(&["alice", "Alice", "i-1"]);
    let user = random.word(&["ann", "dev/ann", "Ann"]);
    let user_arn = format!("arn:aws:iam::{account}:user/{user}");
    let role_arn = format!("arn:aws:iam::{account}:role/{role}");
    let session_arn = format!("arn:aws:sts::{account}:assumed-role/{role_name}/{session}");
    let federated_arn = format!("arn:aws:sts::{account}:federated-user/{session}");
    let root_arn = format!("arn:aws:iam::{account}:root");
    let service = random.word(&SERVICES).to_owned();
    let provider = random
        .word(&["arn:aws:iam::111122223333:oidc-provider/id.example.com", "accounts.google.com", "www.amazon.com"])
        .to_owned();

    let everyone = ("AWS", "*".to_owned());
    let by_account = [("AWS", account.to_owned()), ("AWS", root_arn.clone())];
    let listed_account = ("AWS", if random.chance(50) { account.to_owned() } else { root_arn.clone() });
    let kind = random.weighted(&[26, 28, 7, 12, 10, 5, 6, 6]);
    let (kind, principal, own, user_id, principal_arn) = match kind {
        0 => (
            "user",
            json!({ "arn": user_arn }),
            vec![user_arn.clone(), "AIDAEXAMPLEANN".to_owned()],
            Some("AIDAEXAMPLEANN".to_owned()),
            Some(user_arn.clone()),
        ),
        1 => (
            "roleSession",
            json!({ "arn": session_arn, "role": role_arn }),
            vec![
                role_arn.clone(),
                session_arn.clone(),
                role_arn.clone(),
                session_arn.clone(),
                "AROAEXAMPLEAPP".to_owned(),
            ],
            Some(format!("AROAEXAMPLEAPP:{session}")),
            Some(role_arn.clone()),
        ),
        2 => (
            "role",
            json!({ "arn": role_arn }),
            vec![role_arn.clone(), "AROAEXAMPLEAPP".to_owned()],
            Some("AROAEXAMPLEAPP".to_owned()),
            Some(role_arn.clone()),
        ),
        3 => (
            "federatedUser",
            json!({ "arn": federated_arn, "user": user_arn }),
            vec![federated_arn.clone(), user_arn.clone(), user_arn.clone()],
            Some(format!("{account}:{session}")),
            Some(federated_arn.clone()),
        ),
        4 => ("root", json!({ "arn": root_arn }), Vec::new(), Some(account.to_owned()), Some(root_arn)),
        5 => ("federated", json!({ "provider": provider }), Vec::new(), None, None),
        6 => ("service", json!({ "service": service }), Vec::new(), None, None),
        _ => ("anonymous", json!({}), Vec::new(), Some("anonymous".to_owned()), None),
    };
    let has_account = matches!(kind, "user" | "roleSession" | "role" | "federatedUser" | "root");
    let mut principal = principal;
    principal["kind"] = json!(kind);
    if has_account {
        principal["account"] = json!(account);
    }
    let mut names: Vec<_> = own.iter().map(|entry| ("AWS", entry.clone())).collect();
    let mut exemption = Vec::new();
    if has_account {
        names.extend(by_account);
        exemption.push(listed_account);
        exemption.extend(match kind {
            "user" | "role" => vec![("AWS", random.pick(&own).clone())],
            "roleSession" => vec![("AWS", session_arn), ("AWS", role_arn)],
            "federatedUser" => vec![("AWS", federated_arn), ("AWS", user_arn)],
            _ => Vec::new(),
        });
    }
    match kind {
        "service" => names.extend([("Service", service.clone()), ("Service", service.clone())]),
        "federated" => names.extend([("Federated", provider.clone()), ("Federated", provider.clone())]),
        _ => {}
    }
    match kind {
        "service" => exemption.push(("Service", service)),
        "federated" => exemption.push(("Federated", provider)),
        _ => {}
    }
    names.push(everyone);
    Scene {
        kind,
        principal,
        names,
        exemption,
        user_id,
        principal_arn,
        action: String::new(),
        resource: String::new(),
        resource_account: String::new(),
        resourceless: false,
        trust: false,
        far: false,
        has_account,
    }
}

/// What is asked for.
fn target(random: &mut Random, scene: &mut Scene, account: &str, owner: &str) {
    let trust_only = scene.kind == "federated";
    let resourceless = if scene.has_account { 7 } else { 0 };
    let choice = match scene.kind {
        "federated" => 6,
        "root" => random.weighted(&[12, 22, 14, 20, 6, 6, 7, 3, 4, resourceless]),
        _ => random.weighted(&[26, 10, 10, 8, 8, 8, 14, 4, 5, resourceless]),
    };
    let mut set = |action: &str, resource: String| {
        scene.action = action.to_owned();
        scene.resource = resource;
    };
    match choice {
        0 => {
            let key = random.word(&["home/ann/x.txt", "home/Ann/x.txt", "logs/a:b/c", "home/a*b", "ann"]);
            let action = random.word(&["s3:GetObject", "s3:PutObject", "s3:GetObjectTagging"]);
            set(action, format!("arn:aws:s3:::data/{key}"));
        }
        1 => {
            let action = random.word(&["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:ListBucket"]);
            set(action, format!("arn:aws:s3:::{}", random.word(&["data", "Data"])));
        }
        2 => {
            let action = random.word(&["kms:Decrypt", "kms:Encrypt", "kms:RetireGrant"]);
            set(action, format!("arn:aws:kms:us-east-1:{owner}:key/1234-ann"));
        }
        3 => {
            let action = random.word(&["sqs:SendMessage", "sqs:SetQueueAttributes"]);
            set(action, format!("arn:aws:sqs:us-east-1:{owner}:jobs"));
        }
        4 => set(
            random.word(&["lambda:InvokeFunction", "lambda:GetFunction"]),
            format!("arn:aws:lambda:us-east-1:{owner}:function:run"),
        ),
        5 => set("iam:GetUser", format!("arn:aws:iam::{owner}:user/ann")),
        6 => {
            let role = match random.chance(15) {
                true => "aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda",
                false => random.word(&["app", "team/target", "ann"]),
            };
            let action = match trust_only {
                true => random.word(&["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"]),
                false => random.word(&["sts:AssumeRole", "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]),
            };
            set(action, format!("arn:aws:iam::{owner}:role/{role}"));
        }
        7 => set("kms:CreateAlias", format!("arn:aws:kms:us-east-1:{owner}:alias/ann")),
        8 => {
            let service =
                random.word(&["dynamodb", "ecr-public", "events", "xray", "aoss", "glue", "sns", "ec2", "s3tables"]);
            set(&format!("{service}:GetThing"), format!("arn:aws:{service}:us-east-1:{owner}:thing/ann"));
        }
        _ => {
            let action = match random.below(5) {
                0 => "ec2:DescribeInstances",
                1 => "kms:ListKeys",
                2 => "s3:ListAllMyBuckets",
                3 => "sts:GetSessionToken",
                _ => "sts:GetCallerIdentity",
            };
            set(action, "*".to_owned());
            scene.resourceless = true;
        }
    }
    scene.trust = choice == 6;
    scene.resource_account = if scene.resourceless { account } else { owner }.to_owned();
}

/// Entries of a Principal element that nearly name some caller.
pub fn near_names(random: &mut Random, scene: &Scene) -> (&'static str, String) {
    let account = if random.chance(50) { OWN } else { OTHER };
    let arn = |rest: &str| ("AWS", format!("arn:aws:iam::{account}:{rest}"));
    match random.below(16) {
        0 => arn("user/bob"),
        1 => arn("user/ann"),
        2 => arn("user/*"),
        3 => arn("role/app"),
        4 => arn("role/team/app"),
        5 => arn("group/ann"),
        6 => arn("role/*"),
        7 => ("AWS", "AIDAEXAMPLEBOB".to_owned()),
        8 => ("AWS", "AROAEXAMPLEBOB".to_owned()),
        9 => ("AWS", OTHER.to_owned()),
        10 => ("AWS", format!("arn:aws:sts::{account}:assumed-role/app/alice")),
        11 => ("Service", random.word(&SERVICES).to_owned()),
        12 => ("CanonicalUser", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be".to_owned()),
        _ => {
            let (kind, name) = random.pick(&scene.names).clone();
            let name = if kind == "AWS" { other_case(random, &name) } else { name };
            (kind, name)
        }
    }
}
