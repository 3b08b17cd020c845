//! Requests beside the one that a flip is for.

use iam_playground::eval::{Policies, Principal, Request, Resource, Verdict};
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::policy::PolicyKind;

use super::{all_statements, denials, edited, entries, how_many, prepared};

const OTHER_ACTIONS: [&str; 4] = ["s3:GetObject", "s3:DeleteObject", "sqs:SendMessage", "sts:AssumeRole"];

const OTHER_RESOURCES: [&str; 5] = [
    "arn:aws:s3:::data/home/axxb",
    "arn:aws:s3:::data/ann",
    "arn:aws:sqs:us-east-1:111122223333:jobs",
    "arn:aws:iam::111122223333:role/app",
    "arn:aws:kms:us-east-1:444455556666:key/1234-ann",
];

/// How many entries of the case's own policies are added to each.
const OWN_ENTRIES: usize = 4;

/// Callers who are not the one who asks, nor a session of the same role.
fn other_callers() -> Vec<(Principal, &'static str)> {
    let account = |text| AccountId::parse(text).expect("an account");
    let (own, other) = (account("111122223333"), account("444455556666"));
    vec![
        (Principal::User { arn: "arn:aws:iam::111122223333:user/bob".into(), account: own.clone() }, "AIDAEXAMPLEBOB"),
        (Principal::User { arn: "arn:aws:iam::444455556666:user/eve".into(), account: other }, "AIDAEXAMPLEEVE"),
        (
            Principal::RoleSession {
                arn: "arn:aws:sts::111122223333:assumed-role/audit/alice".into(),
                role: Some("arn:aws:iam::111122223333:role/audit".into()),
                account: own,
            },
            "AROAEXAMPLEAUDIT:alice",
        ),
        (Principal::Service { name: "events.amazonaws.com".into() }, ""),
        (Principal::Anonymous, "anonymous"),
    ]
}

/// POL-66: the first five parts of an ARN are compared without regard to case.
fn is_same(a: &Resource, b: &Resource) -> bool {
    match (a, b) {
        (Resource::Arn(a), Resource::Arn(b)) => {
            let last = |arn: &str| arn.splitn(6, ':').nth(5).map(str::to_owned);
            a.eq_ignore_ascii_case(b) && last(a) == last(b)
        }
        _ => a == b,
    }
}

/// Requests beside the one of a case: other actions, other resources, other callers, and every mixture.
fn probes(policies: &Policies, asked: &Request) -> Vec<Request> {
    let is_name = |text: &&str| !text.contains(['*', '?', '$']);
    let own = |wanted: &str| -> Vec<String> {
        let all = all_statements(policies).flat_map(entries).filter(|(element, _)| *element == wanted);
        all.map(|(_, entry)| entry).filter(is_name).take(OWN_ENTRIES).map(str::to_owned).collect()
    };
    let actions = own("action").into_iter().chain(OTHER_ACTIONS.map(str::to_owned));
    let mut actions: Vec<ActionName> = actions.filter_map(|text| ActionName::parse(&text).ok()).collect();
    actions.push(asked.action.clone());
    let mut resources = vec![asked.resource.clone()];
    // A trust policy hangs on its role, and there is no asking it about another.
    let is_trust = policies.resource.as_slice().iter().any(|policy| policy.compiled.kind() == PolicyKind::Trust);
    if let (Resource::Arn(arn), false) = (&asked.resource, is_trust || asked.action.service() == "sts") {
        let beside = [format!("{arn}x"), arn.replace("ann", "bob")];
        let all = own("resource").into_iter().chain(beside).chain(OTHER_RESOURCES.map(str::to_owned));
        resources.extend(all.map(|text| Resource::Arn(text.into())));
    }
    let mut found = Vec::new();
    let callers = std::iter::once(None).chain(other_callers().into_iter().map(Some));
    for caller in callers {
        let mut base = asked.clone();
        if let Some((principal, id)) = caller {
            let arn = match &principal {
                Principal::RoleSession { role: Some(role), .. } => Some(role.to_string()),
                other => other.arn().map(str::to_owned),
            };
            for (key, value) in
                [("aws:PrincipalArn", arn.as_deref()), ("aws:userid", Some(id).filter(|id| !id.is_empty()))]
            {
                match value {
                    Some(value) => base.context.set(key, value),
                    None => base.context.remove(key),
                }
            }
            base.context.remove("aws:username");
            base.principal = principal;
        }
        for action in &actions {
            for resource in &resources {
                let probe = Request { action: action.clone(), resource: resource.clone(), ..base.clone() };
                let same_target = probe.action.is_same_as(&asked.action) && is_same(&probe.resource, &asked.resource);
                if !same_target || probe.principal != asked.principal {
                    found.push(probe);
                }
            }
        }
    }
    found
}

#[test]
fn flips_let_nothing_through_that_was_not_asked() {
    let (mut probed, mut opened, mut flips_probed) = (0, Vec::new(), 0);
    for (case, flips) in denials(how_many() / 2) {
        let (policies, request) = prepared(&case);
        let denied: Vec<Request> = probes(&policies, &request)
            .into_iter()
            .filter(|probe| iam_playground::eval::decide(&policies, probe).verdict != Verdict::Allowed)
            .collect();
        for flip in flips.iter().filter(|flip| !flip.lifts_more()) {
            let (after, _) = prepared(&edited(&case, flip, false));
            // What hangs on the caller hangs on nobody else.
            let (identity, boundary, session) =
                (policies.identity.clone(), policies.boundary.clone(), policies.session.clone());
            let for_others = Policies { identity, boundary, session, ..after.clone() };
            flips_probed += 1;
            for probe in &denied {
                probed += 1;
                let after = if probe.principal == request.principal { &after } else { &for_others };
                if iam_playground::eval::decide(after, probe).verdict == Verdict::Allowed {
                    opened.push(format!("{probe:?}\n{flip:?}\n{case}"));
                }
            }
        }
    }
    println!("{probed} probes of {flips_probed} flips");
    assert!(opened.is_empty(), "{} of {probed} probes: {}", opened.len(), opened.first().expect("one"));
}
