//! What the claims of tokens mean, a sentence each.

use super::saml::ATTRIBUTES;

/// By name; names are in the order of their groups: every token, Google, GitHub, Kubernetes, Cognito, AWS.
const WORDS: &[(&str, &str)] = &[
    ("iss", "The issuer: who made the token. AWS looks for a provider with exactly this address."),
    ("sub", "The subject: whom the token is about, under a name that the issuer never gives to anybody else."),
    (
        "aud",
        "The audience: for whom the token was made. A provider in IAM lists the client IDs it takes; for Google and Cognito, which need no provider there, the trust policy has to ask.",
    ),
    (
        "azp",
        "The authorized party: the application that asked for the token. If present, AWS compares it instead of `aud`.",
    ),
    ("exp", "When the token expires, in seconds since 1970. Afterwards AWS answers `ExpiredTokenException`."),
    ("iat", "When the token was issued, in seconds since 1970."),
    ("nbf", "Not before: when the token starts to be valid, in seconds since 1970."),
    ("jti", "The number of this one token, so that a second use can be noticed."),
    ("nonce", "A random text that the application sent with its request; it ties the token to that request."),
    ("amr", "How the subject signed in: `authenticated` or `unauthenticated` at Cognito, with the login provider."),
    ("auth_time", "When the person signed in, in seconds since 1970; a token can be newer than that."),
    ("at_hash", "A hash of the access token that was issued together with this token."),
    ("token_use", "What the token is for: `id` says who somebody is, `access` says what an application may do."),
    ("scope", "What the application asked to be allowed, words with blanks between them."),
    ("email", "The person's mail address. It can change, so a trust policy had better test `sub`."),
    ("email_verified", "Whether the issuer has checked that the mail address belongs to the person."),
    ("name", "The person's full name, for showing."),
    ("given_name", "The person's first name, for showing."),
    ("family_name", "The person's last name, for showing."),
    ("picture", "The address of the person's picture."),
    ("locale", "The person's language."),
    ("hd", "The Google Workspace domain that the person belongs to; absent for private accounts."),
    ("repository", "The repository whose workflow runs, as `owner/name`."),
    ("repository_id", "The number of the repository, which stays when it is renamed."),
    ("repository_owner", "The organisation or person that owns the repository."),
    ("repository_owner_id", "The number of the repository's owner, which stays when the owner is renamed."),
    ("repository_visibility", "Who can see the repository: `public`, `internal` or `private`."),
    ("ref", "The branch or tag that started the workflow, such as `refs/heads/main`."),
    ("ref_type", "Whether `ref` is a `branch` or a `tag`."),
    ("head_ref", "The branch that a pull request comes from; empty for other events."),
    ("base_ref", "The branch that a pull request goes to; empty for other events."),
    ("sha", "The commit that the workflow runs on."),
    (
        "environment",
        "The deployment environment that the job names. If it names one, `sub` ends with it, not with the ref.",
    ),
    ("actor", "The account that started the workflow."),
    ("actor_id", "The number of the account that started the workflow."),
    ("event_name", "What started the workflow, such as `push` or `pull_request`."),
    ("workflow", "The name of the workflow."),
    ("workflow_ref", "The file of the workflow, with the branch or tag that it was taken from."),
    ("workflow_sha", "The commit that the file of the workflow was taken from."),
    (
        "job_workflow_ref",
        "The file of the workflow that the job is written in: another one than `workflow_ref` if it is reused.",
    ),
    ("job_workflow_sha", "The commit that the file of `job_workflow_ref` was taken from."),
    ("run_id", "The number of this run, unique in the repository."),
    ("run_number", "How many times this workflow has run."),
    ("run_attempt", "The number of the attempt; it grows when a run is repeated."),
    ("runner_environment", "Who runs the machine: `github-hosted` or `self-hosted`."),
    ("kubernetes.io", "Where the token lives in the cluster: its namespace, its pod and its service account."),
    ("cognito:username", "The person's name in the Cognito user pool."),
    ("cognito:groups", "The groups of the user pool that the person is in."),
    ("cognito:roles", "The IAM roles of the person's groups."),
    (
        "cognito:preferred_role",
        "The IAM role of the person's first group by precedence; an identity pool can choose it.",
    ),
    ("origin_jti", "The number of the sign-in that this token goes back to, so that all its tokens can be revoked."),
    ("event_id", "The number of the sign-in event, for logs."),
    (
        "https://aws.amazon.com/tags",
        "Session tags: `principal_tags` become `aws:PrincipalTag/…`, `transitive_tag_keys` stay through role chains. The role must allow `sts:TagSession`.",
    ),
    (
        "https://aws.amazon.com/source_identity",
        "The source identity: a name that stays through role chains and is in every log entry. The role must allow `sts:SetSourceIdentity`.",
    ),
];

/// What a claim means (FED-40 to FED-45); `None` for claims that only their issuer knows.
///
/// ```
/// use iam_playground::federation::claims::claim_words;
/// assert!(claim_words("aud").unwrap().contains("for whom the token was made"));
/// assert_eq!(claim_words("shoe_size"), None);
/// ```
pub fn claim_words(name: &str) -> Option<&'static str> {
    WORDS.iter().find(|(claim, _)| *claim == name).map(|(_, words)| *words)
}

/// What AWS takes an attribute for (FED-52…55).
pub fn attribute_words(name: &str) -> &'static str {
    match name.strip_prefix(ATTRIBUTES) {
        Some("Role") => "A role that may be taken on, and the provider that vouches for it.",
        Some("RoleSessionName") => "The name of the session.",
        Some("SessionDuration") => "How long the session may last, in seconds.",
        Some("SourceIdentity") => "Who it is, kept through a chain of roles.",
        Some("TransitiveTagKeys") => "Which tags pass on to the next role.",
        Some(tag) if tag.starts_with("PrincipalTag:") => "A tag of the session.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_has_its_words_once() {
        for (claim, words) in WORDS {
            assert_eq!(WORDS.iter().filter(|(other, _)| other == claim).count(), 1, "{claim}");
            assert!(words.ends_with('.') && !words.contains('\n'), "{claim}");
        }
    }

    #[test]
    fn the_claims_that_the_flows_use_have_words() {
        let used = "iss aud sub exp iat nbf azp nonce email amr repository ref environment actor workflow job_workflow_ref \
                    kubernetes.io https://aws.amazon.com/tags https://aws.amazon.com/source_identity";
        assert_eq!(
            used.split(' ').filter(|claim| claim_words(claim).is_none()).collect::<Vec<_>>(),
            Vec::<&str>::new()
        );
    }
}
