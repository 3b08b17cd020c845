//! The committed data files are what the manifest says, and the catalogue reads all of them.

use iam_playground::catalog::{AccessLevel, Catalog, ManagedFilter, ManagedIndex, ResourceHint, parse_shard};
use iam_playground::ident::ActionName;
use serde_json::Value;

use crate::read;

fn manifest() -> Value {
    serde_json::from_str(&read("static/data/manifest.json")).expect("the manifest is JSON")
}

fn count(name: &str) -> u64 {
    manifest()["counts"][name].as_u64().unwrap_or_else(|| panic!("the manifest counts {name}"))
}

fn catalog() -> Catalog {
    Catalog::parse(&read("static/data/actions.txt")).expect("actions.txt can be read")
}

#[test]
fn every_service_and_action_is_there() {
    let catalog = catalog();
    let actions: usize = catalog.services().iter().map(|service| service.actions.len()).sum();
    assert_eq!((catalog.services().len(), actions), (457, 22_321));
    assert_eq!((count("services"), count("actions")), (457, 22_321));
}

#[test]
fn known_actions_have_their_facts() {
    let catalog = catalog();
    let action = |text| ActionName::parse(text).expect("an action");
    let level = |text| catalog.action(&action(text)).map(|(_, found)| found.level);
    assert_eq!(level("s3:ListAllMyBuckets"), Some(AccessLevel::List));
    assert_eq!(level("dynamodb:CreateTable"), Some(AccessLevel::Write));
    assert_eq!(catalog.resource_hint(&action("s3:ListAllMyBuckets")), ResourceHint::None, "EVAL-5");
    let ResourceHint::Arns(arns) = catalog.resource_hint(&action("s3:GetObject")) else {
        panic!("s3:GetObject has resource types");
    };
    assert!(arns.contains(&"arn:${Partition}:s3:::${BucketName}/${ObjectName}".to_owned()), "{arns:?}");
    let keys: Vec<_> = catalog.keys(&action("s3:ListBucket")).iter().map(|key| key.name.to_string()).collect();
    assert!(keys.contains(&"s3:prefix".to_owned()), "KEY-165: {keys:?}");
}

#[test]
fn every_attachable_policy_is_in_the_shard_that_the_index_names() {
    let index = ManagedIndex::parse(&read("static/data/managed/index.txt")).expect("the index can be read");
    assert_eq!(index.entries().len(), 1_216);
    let shards = index.entries().iter().map(|entry| entry.shard).max().expect("entries");
    for shard in 0..=shards {
        let policies =
            parse_shard(&read(&format!("static/data/managed/{shard:02}.txt"))).expect("the shard can be read");
        let arns: Vec<_> = policies.iter().map(|policy| policy.arn.to_string()).collect();
        let expected: Vec<_> =
            index.entries().iter().filter(|entry| entry.shard == shard).map(|entry| entry.arn()).collect();
        assert_eq!(arns, expected, "shard {shard}");
    }
}

/// CON-35.
#[test]
fn the_filter_for_job_functions_shows_what_the_console_shows() {
    let index = ManagedIndex::parse(&read("static/data/managed/index.txt")).expect("the index can be read");
    let names: Vec<_> =
        index.search("", ManagedFilter::JobFunction).iter().map(|entry| entry.name.to_string()).collect();
    for expected in [
        "AdministratorAccess",
        "Billing",
        "DatabaseAdministrator",
        "DataScientist",
        "NetworkAdministrator",
        "PowerUserAccess",
        "ReadOnlyAccess",
        "SecurityAudit",
        "SupportUser",
        "SystemAdministrator",
        "ViewOnlyAccess",
    ] {
        assert!(names.iter().any(|name| name == expected), "{expected} in {names:?}");
    }
    assert!(!names.iter().any(|name| name == "AmazonS3FullAccess"));
}

/// EVAL-50: the engine's own list is the list of the data.
#[test]
fn the_services_of_resource_control_policies_agree_with_the_engine() {
    let globals: Value = serde_json::from_str(&read("static/data/globals.json")).expect("globals.json is JSON");
    let listed: Vec<&str> = globals["rcp"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let mut own = iam_playground::eval::RCP_SERVICES.to_vec();
    own.sort_unstable();
    let mut listed_sorted = listed.clone();
    listed_sorted.sort_unstable();
    assert_eq!(own, listed_sorted);
}
