//! What GitHub says of a job.

use serde_json::{Map, Value};

use crate::eval::ContextValue;
use crate::federation::stage::{REGION, Stage};
use crate::federation::{Keys, identifiers};

/// GitHub's issuer as IAM names the provider.
pub(super) const PROVIDER: &str = "token.actions.githubusercontent.com";

/// The claims that AWS gives to conditions beside aud and sub (KEY-125).
pub(super) const LISTED: &[&str] = &[
    "actor",
    "actor_id",
    "enterprise_id",
    "environment",
    "job_workflow_ref",
    "ref",
    "repository",
    "repository_id",
    "repository_owner_id",
    "workflow",
];

/// A job of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Job<'a> {
    /// `owner/name`.
    pub repository: &'a str,
    /// `push`, `tag` or `pull_request`.
    pub event: &'a str,
    /// Name of the branch or tag.
    pub reference: &'a str,
    /// The environment that the job names; empty for none.
    pub environment: &'a str,
    /// Who started it.
    pub actor: &'a str,
}

impl<'a> Job<'a> {
    /// The job that the inputs describe.
    pub fn of(stage: &Stage<'a>) -> Self {
        Self {
            repository: stage.input("repository"),
            event: stage.input("event"),
            reference: stage.input("ref"),
            environment: stage.input("environment"),
            actor: stage.input("actor"),
        }
    }

    /// Who owns the repository.
    pub fn owner(&self) -> &'a str {
        self.repository.split('/').next().unwrap_or_default()
    }

    /// `sub`: an environment wins over the ref (FED-43).
    pub fn subject(&self) -> String {
        let repository = self.repository;
        match (self.environment, self.event) {
            ("", "pull_request") => format!("repo:{repository}:pull_request"),
            ("", _) => format!("repo:{repository}:ref:{}", self.full_reference()),
            (environment, _) => format!("repo:{repository}:environment:{environment}"),
        }
    }

    fn full_reference(&self) -> String {
        match self.event {
            "pull_request" => "refs/pull/7/merge".to_owned(),
            "tag" => format!("refs/tags/{}", self.reference),
            _ => format!("refs/heads/{}", self.reference),
        }
    }

    /// What the token says of the job; issuer, audience and times are not of it.
    pub fn claims(&self) -> Map<String, Value> {
        let reference = self.full_reference();
        let workflow = format!("{}/.github/workflows/deploy.yml@{reference}", self.repository);
        let (head, base) = if self.event == "pull_request" { (self.reference, "main") } else { ("", "") };
        let commit = identifiers::hex(&format!("{}/{reference}", self.repository), 40);
        let mut claims = Map::new();
        let mut claim = |name: &str, value: String| claims.insert(name.to_owned(), Value::from(value));
        claim("sub", self.subject());
        claim("ref", reference.clone());
        claim("sha", commit.clone());
        claim("repository", self.repository.to_owned());
        claim("repository_owner", self.owner().to_owned());
        claim("repository_owner_id", number(self.owner()));
        claim("run_id", number(&commit));
        claim("run_number", "10".to_owned());
        claim("run_attempt", "1".to_owned());
        claim("repository_visibility", "private".to_owned());
        claim("repository_id", number(self.repository));
        claim("actor_id", number(self.actor));
        claim("actor", self.actor.to_owned());
        claim("workflow", "Deploy".to_owned());
        claim("head_ref", head.to_owned());
        claim("base_ref", base.to_owned());
        claim("event_name", if self.event == "tag" { "push" } else { self.event }.to_owned());
        claim("ref_type", if self.event == "tag" { "tag" } else { "branch" }.to_owned());
        if !self.environment.is_empty() {
            claim("environment", self.environment.to_owned());
        }
        claim("workflow_ref", workflow.clone());
        claim("job_workflow_ref", workflow);
        claim("runner_environment", "github-hosted".to_owned());
        claims
    }

    /// The keys of a request with its token.
    pub fn keys(&self, prefix: &str) -> Keys {
        let claims = self.claims();
        let names = LISTED.iter().copied().chain(["sub"]);
        names
            .map(|name| {
                let value = claims.get(name).and_then(Value::as_str);
                (format!("{prefix}:{name}"), value.map(|value| ContextValue::One(value.to_owned())))
            })
            .collect()
    }

    /// Jobs that a trust policy had better not let in, each with words for it.
    pub fn others(&self) -> [(Job<'a>, &'static str); 4] {
        let plain = Job { environment: "", ..self.clone() };
        [
            (Job { event: "push", reference: "anything", ..plain.clone() }, "every branch of the repository"),
            (Job { event: "pull_request", ..plain.clone() }, "pull requests, before anybody has looked at them"),
            (Job { repository: self.sibling(), event: "push", ..plain.clone() }, "other repositories of the owner"),
            (Job { repository: "somebody-else/website", event: "push", ..plain }, "everybody on GitHub"),
        ]
    }

    /// Another repository of the owner of the example.
    fn sibling(&self) -> &'static str {
        if self.repository == "example-org/website" { "example-org/scratch" } else { "example-org/website" }
    }

    /// The file of the workflow.
    pub fn workflow(&self, stage: &Stage<'_>) -> String {
        let on = match self.event {
            "pull_request" => "on: pull_request".to_owned(),
            "tag" => format!("on:\n  push:\n    tags: [{}]", self.reference),
            _ => format!("on:\n  push:\n    branches: [{}]", self.reference),
        };
        let permission = if stage.input("permission") == "write" { "\n  id-token: write" } else { "" };
        let environment = match self.environment {
            "" => String::new(),
            environment => format!("\n    environment: {environment}"),
        };
        let (role, session, key) = (stage.input("role"), stage.input("session"), stage.input("object"));
        format!(
            "name: Deploy\n{on}\npermissions:\n  contents: read{permission}\njobs:\n  deploy:\n    runs-on: ubuntu-latest{environment}\n    steps:\n      - uses: actions/checkout@v4\n      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          role-to-assume: {role}\n          role-session-name: {session}\n          aws-region: {REGION}\n      - run: aws s3 cp {key} s3://example-site/{key}\n"
        )
    }
}

/// The number that GitHub knows something by, which stays when its name changes.
fn number(name: &str) -> String {
    let seed = format!("github/{}", name.to_lowercase());
    let number = u64::from_str_radix(&identifiers::hex(&seed, 12), 16).unwrap_or_default();
    (100_000_000 + number % 900_000_000).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(event: &str, reference: &str, environment: &str) -> String {
        Job { repository: "o/r", event, reference, environment, actor: "a" }.subject()
    }

    /// FED-43.
    #[test]
    fn the_subject_has_the_environment_before_the_event() {
        assert_eq!(subject("push", "main", ""), "repo:o/r:ref:refs/heads/main");
        assert_eq!(subject("tag", "v1", ""), "repo:o/r:ref:refs/tags/v1");
        assert_eq!(subject("pull_request", "fix", ""), "repo:o/r:pull_request");
        for event in ["push", "tag", "pull_request"] {
            assert_eq!(subject(event, "main", "production"), "repo:o/r:environment:production");
        }
    }
}
