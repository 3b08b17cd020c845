//! What people are told in the situations that teach the most. The verdicts are those of the specification; the words are
//! snapshots, to be read when they change.

use iam_playground::{case, explain};
use serde_json::{Value, json};

const A: &str = "111122223333";
const B: &str = "444455556666";
const PHOTO: &str = "arn:aws:s3:::photos/cat.jpg";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd";

fn user() -> Value {
    json!({ "kind": "user", "arn": "arn:aws:iam::111122223333:user/ann", "account": A })
}

fn session() -> Value {
    json!({
        "kind": "roleSession", "account": A, "role": "arn:aws:iam::111122223333:role/Reader",
        "arn": "arn:aws:sts::111122223333:assumed-role/Reader/today"
    })
}

fn policy(name: &str, statement: Value) -> Value {
    json!({ "name": name, "document": { "Version": "2012-10-17", "Statement": [statement] } })
}

fn allow(name: &str, action: &str) -> Value {
    policy(name, json!({ "Sid": name, "Effect": "Allow", "Action": action, "Resource": "*" }))
}

fn grant(name: &str, principal: &str, action: &str) -> Value {
    let statement = json!({
        "Sid": name, "Effect": "Allow", "Principal": { "AWS": principal }, "Action": action, "Resource": "*"
    });
    policy(name, statement)
}

fn conditional(name: &str, effect: &str, condition: Value) -> Value {
    let statement = json!({ "Sid": name, "Effect": effect, "Action": "*", "Resource": "*", "Condition": condition });
    policy(name, statement)
}

/// A request, its policies, and what it carries.
struct Asked {
    principal: Value,
    action: &'static str,
    resource: &'static str,
    owner: &'static str,
    context: Value,
}

fn photo(principal: Value) -> Asked {
    Asked { principal, action: "s3:GetObject", resource: PHOTO, owner: A, context: json!({}) }
}

/// The sentence, after a look at the verdict.
#[track_caller]
fn told(asked: Asked, policies: Value, decision: &str) -> String {
    let case = json!({
        "id": "told",
        "request": {
            "principal": asked.principal, "action": asked.action, "resource": asked.resource,
            "resourceAccount": asked.owner, "context": asked.context
        },
        "policies": policies
    });
    let case = case::parse(&case.to_string()).expect("a case");
    assert_eq!(case::answer(&case).expect("an answer").decision, decision);
    let (policies, request) = case::prepare(&case).expect("a request");
    explain::sentence(&iam_playground::eval::trace(&policies, &request), &request)
}

#[test]
fn a_deny_of_the_organization_beats_administrator_access() {
    let deny = policy("NoS3", json!({ "Sid": "NoS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }));
    let policies = json!({
        "identity": [allow("AdministratorAccess", "*")],
        "scp": [
            { "level": "root", "id": "r-1", "policies": [allow("FullAWSAccess", "*")] },
            { "level": "account", "id": A, "policies": [allow("FullAWSAccess", "*"), deny] }
        ]
    });
    let words = told(photo(user()), policies, "ExplicitlyDenied");
    insta::assert_snapshot!(words, @"Explicitly denied, by `NoS3` (service control policy). A deny wins over every allow, also over that of `AdministratorAccess`.");
}

/// EVAL-V2 to V4: one boundary, and three ways to name who comes.
#[test]
fn a_boundary_limits_a_grant_to_the_role_but_not_one_to_the_user_or_the_session() {
    let under = |principal: &str| {
        json!({
            "resource": grant("PhotosPolicy", principal, "s3:GetObject"),
            "boundary": allow("OnlyTables", "dynamodb:*")
        })
    };
    let by_user = told(photo(user()), under("arn:aws:iam::111122223333:user/ann"), "Allowed");
    insta::assert_snapshot!(by_user, @"Allowed, by `PhotosPolicy` (resource policy). It allows the caller itself, and such a grant is not limited by the permissions boundary.");
    let by_role = told(photo(session()), under("arn:aws:iam::111122223333:role/Reader"), "ImplicitlyDenied");
    insta::assert_snapshot!(by_role, @"Implicitly denied: no permissions boundary allows `s3:GetObject` on `arn:aws:s3:::photos/cat.jpg`, and it limits what `PhotosPolicy` grants to the role, unlike a grant that names the session itself. Closest: `OnlyTables` covers the resource, but not the action.");
    let by_session = told(photo(session()), under("arn:aws:sts::111122223333:assumed-role/Reader/today"), "Allowed");
    insta::assert_snapshot!(by_session, @"Allowed, by `PhotosPolicy` (resource policy). It allows the caller itself, and such a grant is not limited by the permissions boundary.");
}

#[test]
fn across_accounts_the_missing_side_is_named() {
    let other = || Asked { owner: B, ..photo(user()) };
    let grant = grant("PhotosPolicy", "arn:aws:iam::111122223333:user/ann", "s3:GetObject");
    let own = allow("ReadPhotos", "s3:Get*");
    let no_resource_policy = told(other(), json!({ "identity": [own] }), "ImplicitlyDenied");
    insta::assert_snapshot!(no_resource_policy, @"Implicitly denied: the resource belongs to account `444455556666`, where no resource policy allows `s3:GetObject`; `ReadPhotos` allows it, but both accounts must.");
    let no_identity_policy = told(other(), json!({ "resource": grant }), "ImplicitlyDenied");
    insta::assert_snapshot!(no_identity_policy, @"Implicitly denied: no identity policy is attached in account `111122223333`, and without one nothing there allows `s3:GetObject`; `PhotosPolicy` allows it in account `444455556666`, but both accounts must.");
    let both = told(other(), json!({ "identity": [own], "resource": grant }), "Allowed");
    insta::assert_snapshot!(both, @"Allowed, by `ReadPhotos`. Both accounts must allow, and `PhotosPolicy` does in account `444455556666`.");
}

/// EVAL-V16, EVAL-131, EVAL-133.
#[test]
fn a_key_opens_by_its_own_policy() {
    let decrypt = || Asked { action: "kms:Decrypt", resource: KEY, ..photo(user()) };
    let own = allow("AdministratorAccess", "*");
    let for_bob = grant("KeyPolicy", "arn:aws:iam::111122223333:user/bob", "kms:*");
    let without_root = told(decrypt(), json!({ "identity": [own], "resource": for_bob }), "ImplicitlyDenied");
    insta::assert_snapshot!(without_root, @"Implicitly denied: no resource policy allows `kms:Decrypt` on `arn:aws:kms:us-east-1:111122223333:key/1234abcd`, and `AdministratorAccess` counts only where the key's policy names the account. Closest: `KeyPolicy` would allow it, but to another principal.");
    let for_account = grant("KeyPolicy", "arn:aws:iam::111122223333:root", "kms:*");
    let root_alone = told(decrypt(), json!({ "resource": for_account }), "ImplicitlyDenied");
    insta::assert_snapshot!(root_alone, @"Implicitly denied: no identity policy is attached, and without one nothing allows `kms:Decrypt`; `KeyPolicy` names only the account, which leaves it to identity policies.");
    let both = told(decrypt(), json!({ "identity": [own], "resource": for_account }), "Allowed");
    insta::assert_snapshot!(both, @"Allowed, by `AdministratorAccess`. `KeyPolicy` names the account, and so lets its identity policies decide.");
}

/// POL-110, POL-111, KEY-86: with an access key there is no such key in the request.
#[test]
fn an_access_key_tells_nothing_of_mfa() {
    let key = "aws:MultiFactorAuthPresent";
    let both = |guard: Value| json!({ "identity": [allow("AdministratorAccess", "*"), guard] });
    let deny_if = |operator: &str| conditional("NeedsMfa", "Deny", json!({ operator: { key: "false" } }));
    let deny_bool = told(photo(user()), both(deny_if("Bool")), "Allowed");
    insta::assert_snapshot!(deny_bool, @"Allowed, by `AdministratorAccess`. The deny of `NeedsMfa` does not apply, because `aws:MultiFactorAuthPresent` is absent (requests with long-term access keys and sessions of roles carry no such key), and an absent key equals nothing.");
    let deny_if_exists = told(photo(user()), both(deny_if("BoolIfExists")), "ExplicitlyDenied");
    insta::assert_snapshot!(deny_if_exists, @"Explicitly denied, by `NeedsMfa`. Its condition holds because `aws:MultiFactorAuthPresent` is absent (requests with long-term access keys and sessions of roles carry no such key), and `IfExists` counts that as holding.");
    let allow_if = |operator: &str| {
        json!({
            "identity": [conditional("WithMfa", "Allow", json!({ operator: { key: "true" } }))]
        })
    };
    let allow_bool = told(photo(user()), allow_if("Bool"), "ImplicitlyDenied");
    insta::assert_snapshot!(allow_bool, @"Implicitly denied: no identity policy allows `s3:GetObject` on `arn:aws:s3:::photos/cat.jpg`. Closest: `WithMfa` would allow it, but for its condition: `aws:MultiFactorAuthPresent` is absent (requests with long-term access keys and sessions of roles carry no such key), and an absent key equals nothing.");
    let allow_if_exists = told(photo(user()), allow_if("BoolIfExists"), "Allowed");
    insta::assert_snapshot!(allow_if_exists, @"Allowed, by `WithMfa`. Its condition holds because `aws:MultiFactorAuthPresent` is absent (requests with long-term access keys and sessions of roles carry no such key), and `IfExists` counts that as holding.");
}

/// EVAL-175.
#[test]
fn tags_of_caller_and_resource_are_compared() {
    let by_team = conditional(
        "OwnTeam",
        "Allow",
        json!({ "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } }),
    );
    let tagged = |context: Value| Asked { context, ..photo(user()) };
    let policies = json!({ "identity": [by_team] });
    let other = json!({ "aws:ResourceTag/team": "blue", "aws:PrincipalTag/team": "red" });
    insta::assert_snapshot!(told(tagged(other), policies.clone(), "ImplicitlyDenied"), @"Implicitly denied: no identity policy allows `s3:GetObject` on `arn:aws:s3:::photos/cat.jpg`. Closest: `OwnTeam` would allow it, but for its condition: `aws:ResourceTag/team` is `blue`; `StringEquals` asks for `${aws:PrincipalTag/team}` (here `red`).");
    let untagged_caller = json!({ "aws:ResourceTag/team": "blue" });
    insta::assert_snapshot!(told(tagged(untagged_caller), policies.clone(), "ImplicitlyDenied"), @"Implicitly denied: no identity policy allows `s3:GetObject` on `arn:aws:s3:::photos/cat.jpg`. Closest: `OwnTeam` would allow it, but for its condition: its value needs one value of `aws:PrincipalTag/team`, and the request has none.");
    let untagged_resource = json!({ "aws:PrincipalTag/team": "red" });
    insta::assert_snapshot!(told(tagged(untagged_resource), policies.clone(), "ImplicitlyDenied"), @"Implicitly denied: no identity policy allows `s3:GetObject` on `arn:aws:s3:::photos/cat.jpg`. Closest: `OwnTeam` would allow it, but for its condition: `aws:ResourceTag/team` is absent, and an absent key equals nothing.");
    let same = json!({ "aws:ResourceTag/team": "red", "aws:PrincipalTag/team": "red" });
    insta::assert_snapshot!(told(tagged(same), policies, "Allowed"), @"Allowed, by `OwnTeam`.");
}

/// POL-28.
#[test]
fn a_deny_with_not_action_reaches_everything_else() {
    let deny = policy(
        "OnlyTables",
        json!({ "Sid": "OnlyTables", "Effect": "Deny", "NotAction": "dynamodb:*", "Resource": "*" }),
    );
    let policies = json!({ "identity": [allow("AdministratorAccess", "*"), deny] });
    insta::assert_snapshot!(told(photo(user()), policies.clone(), "ExplicitlyDenied"), @"Explicitly denied, by `OnlyTables`. It reaches every action that its `NotAction` does not list.");
    let table = Asked {
        action: "dynamodb:GetItem",
        resource: "arn:aws:dynamodb:us-east-1:111122223333:table/Music",
        ..photo(user())
    };
    insta::assert_snapshot!(told(table, policies, "Allowed"), @"Allowed, by `AdministratorAccess`.");
}

/// POL-84, POL-117.
#[test]
fn of_no_values_all_satisfy() {
    let tags = json!({ "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } });
    let policies = json!({ "identity": [conditional("KnownTags", "Allow", tags)] });
    insta::assert_snapshot!(told(photo(user()), policies.clone(), "Allowed"), @"Allowed, by `KnownTags`. Its condition holds because `aws:TagKeys` is absent, and of no values all satisfy `ForAllValues`.");
    let other = Asked { context: json!({ "aws:TagKeys": ["team", "cost"] }), ..photo(user()) };
    insta::assert_snapshot!(told(other, policies, "ImplicitlyDenied"), @"Implicitly denied: no identity policy allows `s3:GetObject` on `arn:aws:s3:::photos/cat.jpg`. Closest: `KnownTags` would allow it, but for its condition: `aws:TagKeys` is `team` and `cost`; `ForAllValues:StringEquals` asks for `team`.");
}

/// EVAL-90, EVAL-92: the policy of a role is called what it is.
#[test]
fn the_policy_of_a_role_is_its_trust_policy() {
    let assume = |owner| Asked {
        action: "sts:AssumeRole",
        resource: if owner == A {
            "arn:aws:iam::111122223333:role/Reader"
        } else {
            "arn:aws:iam::444455556666:role/Reader"
        },
        owner,
        ..photo(user())
    };
    let trust = |principal: &str| {
        policy("Trust", json!({ "Effect": "Allow", "Principal": { "AWS": principal }, "Action": "sts:AssumeRole" }))
    };
    let ann = trust("arn:aws:iam::111122223333:user/ann");
    let bob = trust("arn:aws:iam::111122223333:user/bob");
    let own = allow("AssumeAnything", "sts:*");
    insta::assert_snapshot!(told(assume(A), json!({ "resource": ann }), "Allowed"), @"Allowed, by the trust policy of role `Reader`.");
    insta::assert_snapshot!(told(assume(A), json!({ "identity": [own], "resource": bob }), "ImplicitlyDenied"), @"Implicitly denied: the trust policy of role `Reader` does not allow `sts:AssumeRole` to this caller, and `AssumeAnything` cannot make up for that. Closest: statement 1 of the trust policy of role `Reader` would allow it, but to another principal.");
    insta::assert_snapshot!(told(assume(B), json!({ "resource": ann }), "ImplicitlyDenied"), @"Implicitly denied: no identity policy is attached in account `111122223333`, and without one nothing there allows `sts:AssumeRole`; the trust policy of role `Reader` allows it in account `444455556666`, but both accounts must.");
    insta::assert_snapshot!(told(assume(B), json!({ "identity": [own], "resource": bob }), "ImplicitlyDenied"), @"Implicitly denied: role `Reader` belongs to account `444455556666`, and its trust policy does not allow `sts:AssumeRole` to this caller; `AssumeAnything` allows it, but both accounts must. Closest: statement 1 of the trust policy of role `Reader` would allow it, but to another principal.");
}
