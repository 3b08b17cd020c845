//! GitHub Actions: a job proves to AWS which repository, branch and environment it runs for, and no secret is kept anywhere
//! (FED-42, FED-43, KEY-125).

mod faults;
mod inputs;
mod job;
mod policies;

use serde_json::{Value, json};

use self::job::Job;
use crate::federation::Keys;
use crate::federation::flow::{Flow, Holds, Lane, Step, Variant};
use crate::federation::flows::parts::put_object;
use crate::federation::jwt;
use crate::federation::oidc::{self, Issuer};
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http, PaperKind};
use crate::federation::seal::Algorithm;
use crate::federation::stage::{REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::federation::{identifiers, uri_encode};

/// The flow.
pub const FLOW: Flow = Flow {
    id: "github",
    title: "GitHub Actions",
    about: "A workflow deploys to AWS without a stored access key. GitHub signs a statement about the job, and a role trusts exactly the repository and branch that it should.",
    facts: "FED-42, FED-43, KEY-125",
    lanes: &[
        Lane { id: "developer", name: "Developer", holds: &[] },
        Lane { id: "github", name: "GitHub", holds: &[KEY] },
        Lane { id: "runner", name: "Runner", holds: &[] },
        Lane { id: "sts", name: "STS", holds: &[] },
        Lane { id: "role", name: "Role", holds: &[] },
        Lane { id: "s3", name: "Amazon S3", holds: &[] },
    ],
    variants: &[
        Variant { id: "branch", name: "One branch", lanes: &[] },
        Variant { id: "environment", name: "A deployment environment", lanes: &[] },
        Variant {
            id: "organization",
            name: "Any repository of the organization (too broad)",
            lanes: &[("developer", "Attacker")],
        },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting: policies::setting,
};

const KEY: Holds =
    Holds { only: &[], id: "key", name: "Signing key", about: "its public half is at the issuer's address" };

const STEPS: &[Step] = &[
    Step {
        id: "event",
        from: "developer",
        to: "github",
        message: "Push or pull request",
        about: "Something happens in the repository, and GitHub starts the workflows that wait for it.",
        only: &[],
        act: event,
    },
    Step {
        id: "start",
        from: "github",
        to: "runner",
        message: "Job",
        about: "A fresh machine gets the job. If the workflow has `id-token: write`, it also gets a token that only serves to ask for another one.",
        only: &[],
        act: start,
    },
    Step {
        id: "action",
        from: "runner",
        to: "runner",
        message: "configure-aws-credentials",
        about: "The action looks for a way to get credentials: stored keys, or the variables with which GitHub can be asked for a token.",
        only: &[],
        act: action,
    },
    Step {
        id: "request",
        from: "runner",
        to: "github",
        message: "Ask for a token",
        about: "The action names the audience that the token is for. What the token says about the job it cannot choose.",
        only: &[],
        act: request,
    },
    Step {
        id: "token",
        from: "github",
        to: "runner",
        message: "Token of the job",
        about: "A signed statement about this one job. `sub` is made from repository, event and ref; an environment takes the place of the ref.",
        only: &[],
        act: token,
    },
    Step {
        id: "ask",
        from: "runner",
        to: "sts",
        message: "AssumeRoleWithWebIdentity",
        about: "The request is not signed: the runner holds no AWS key. The token is the proof.",
        only: &[],
        act: ask,
    },
    Step {
        id: "verify",
        from: "sts",
        to: "github",
        message: "Keys of the issuer",
        about: "STS looks for the provider in the role's account, fetches GitHub's keys, and verifies signature, audience and time.",
        only: &[],
        act: verify,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust this job?",
        about: "Everybody on GitHub has the same issuer, so only the condition on `sub` tells your repository from all others.",
        only: &[],
        act: trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "runner",
        message: "Temporary credentials",
        about: "An hour by itself, at most as long as the role says. Nothing has to be rotated or revoked.",
        only: &[],
        act: |stage| sts::issue(stage, "runner"),
    },
    Step {
        id: "export",
        from: "runner",
        to: "runner",
        message: "AWS_* variables",
        about: "The action sets environment variables, which the AWS CLI and every SDK read by themselves.",
        only: &[],
        act: export,
    },
    Step {
        id: "identity",
        from: "runner",
        to: "sts",
        message: "GetCallerIdentity",
        about: "The action asks who it is now. This call needs no permission.",
        only: &[],
        act: |stage| sts::caller_identity(stage, "runner"),
    },
    Step {
        id: "deploy",
        from: "runner",
        to: "s3",
        message: "PutObject",
        about: "The next step of the job uploads the site. The role's own policy says where it may write.",
        only: &[],
        act: deploy,
    },
    Step {
        id: "end",
        from: "runner",
        to: "github",
        message: "The job is done",
        about: "The machine is thrown away with all that it held. The credentials would end by themselves anyway.",
        only: &[],
        act: end,
    },
];

fn event(stage: &mut Stage<'_>) -> Did {
    let job = Job::of(stage);
    let what = match job.event {
        "pull_request" if stage.input("fork") == "yes" => "A pull request from a fork".to_owned(),
        "pull_request" => "A pull request".to_owned(),
        "tag" => format!("The tag `{}` is pushed", job.reference),
        _ => format!("A push to `{}`", job.reference),
    };
    stage.note(format!("{what}, in `{}`.", job.repository));
    Ok(Happened::Sent)
}

/// Whether GitHub gives the job what it needs to ask for a token (FED-43).
fn may_ask(stage: &Stage<'_>) -> bool {
    let from_fork = stage.input("event") == "pull_request" && stage.input("fork") == "yes";
    stage.input("permission") == "write" && !from_fork
}

fn start(stage: &mut Stage<'_>) -> Did {
    let workflow = Job::of(stage).workflow(stage);
    stage.paper("The workflow", PaperKind::Text, workflow);
    if may_ask(stage) {
        let seed = stage.seed("request token");
        let token = identifiers::hex(&seed, 64);
        let about = "ACTIONS_ID_TOKEN_REQUEST_TOKEN: good for this job, at GitHub alone";
        stage.gain(Holding::new("runner", "request-token", "Token to ask with", about));
        stage.made.insert("request-token", token);
    }
    Ok(Happened::Sent)
}

fn action(stage: &mut Stage<'_>) -> Did {
    if may_ask(stage) {
        return Ok(Happened::Accepted);
    }
    let message = "Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers";
    let why = match stage.input("permission") {
        "write" => "GitHub gives no token to the workflows of a fork: anybody can make one. AWS is not even asked.",
        _ => {
            "Without `permissions: id-token: write` the job has no variables to ask GitHub for a token with. AWS is not even asked."
        }
    };
    Err(Failure::new("Credentials could not be loaded", 0, message, "FED-43").approximately().because(why))
}

fn request(stage: &mut Stage<'_>) -> Did {
    let audience = match stage.input("audience") {
        "" => String::new(),
        audience => format!("&audience={}", uri_encode(audience)),
    };
    let start = format!("GET /actions/idtoken?api-version=2.0{audience} HTTP/1.1");
    let bearer = format!("Bearer {}", stage.made("request-token"));
    let headers = [("Host", "pipelines.actions.githubusercontent.com"), ("Authorization", bearer.as_str())];
    let request = Http::new(start, &headers, "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    Ok(Happened::Sent)
}

fn issuer(stage: &Stage<'_>) -> Issuer {
    let url = match stage.input("issuer") {
        "enterprise" => "https://token.actions.githubusercontent.com/example-enterprise",
        _ => "https://token.actions.githubusercontent.com",
    };
    Issuer { url, key: "github", algorithm: Algorithm::Rs256 }
}

fn token(stage: &mut Stage<'_>) -> Did {
    let (job, issuer) = (Job::of(stage), issuer(stage));
    let until = stage.now.plus(stage.number("lifetime"));
    let seed = stage.seed("token");
    let mut claims = job.claims();
    // Without a wish the audience is the address of the owner.
    let audience = match stage.input("audience") {
        "" => format!("https://github.com/{}", job.owner()),
        audience => audience.to_owned(),
    };
    let about = [
        ("jti", Value::from(identifiers::request_id(&seed))),
        ("aud", audience.into()),
        ("iss", issuer.url.into()),
        ("nbf", stage.now.plus(-600).0.into()),
        ("exp", until.0.into()),
        ("iat", stage.now.0.into()),
    ];
    claims.extend(about.into_iter().map(|(name, value)| (name.to_owned(), value)));
    let token = oidc::sign(stage, &issuer, issuer.key, &claims, None);
    stage.gain(Holding::new("runner", "token", "Token of the job", format!("sub {}", job.subject())).until(until));
    stage.paper("Token of the job", PaperKind::Jwt, token.clone());
    let body = jwt::pretty(&json!({ "count": token.len(), "value": token.clone() }));
    let response = Http::new("HTTP/1.1 200 OK", &[("Content-Type", "application/json")], body);
    stage.record.exchange = Some(Exchange { response: Some(response), ..Exchange::default() });
    stage.made.insert("token", token);
    Ok(Happened::Sent)
}

fn ask(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("delay"));
    let ask = Ask {
        operation: Operation::AssumeRoleWithWebIdentity,
        role: stage.input("role").to_owned(),
        name: stage.input("session").to_owned(),
        token: stage.made("token").to_owned(),
        duration: stage.input("duration").to_owned(),
        policy: stage.input("policy").to_owned(),
        ..Ask::default()
    };
    sts::receive(stage, ask, None)
}

fn verify(stage: &mut Stage<'_>) -> Did {
    let issuer = issuer(stage);
    oidc::verify(stage, &issuer, stage.input("reachable") != "no", job::LISTED)
}

/// The decision, and whom else the trust policy would let in.
fn trust(stage: &mut Stage<'_>) -> Did {
    let done = sts::authorize(stage)?;
    let job = Job::of(stage);
    let prefix = issuer(stage).url.replacen("https://", "", 1);
    for (other, words) in job.others() {
        if other.subject() != job.subject() && sts::would_trust(stage, &other.keys(&prefix)) {
            stage.note(format!("It would let in {words} as well: `{}`.", other.subject()));
        }
    }
    Ok(done)
}

fn export(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("runner") else { return Ok(Happened::Sent) };
    let text = format!(
        "AWS_DEFAULT_REGION={REGION}\nAWS_REGION={REGION}\nAWS_ACCESS_KEY_ID={}\nAWS_SECRET_ACCESS_KEY={}\nAWS_SESSION_TOKEN={}\n",
        credentials.id,
        credentials.secret,
        credentials.token.as_deref().unwrap_or_default()
    );
    stage.paper("Environment of the job", PaperKind::Text, text);
    Ok(Happened::Sent)
}

fn deploy(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let key = stage.input("object");
    put_object(stage, "runner", ("example-site", key), Keys::new())
}

fn end(stage: &mut Stage<'_>) -> Did {
    for id in ["credentials", "token", "request-token"] {
        stage.lose("runner", id);
    }
    Ok(Happened::Sent)
}

#[cfg(test)]
mod tests;
