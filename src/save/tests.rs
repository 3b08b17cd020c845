use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::command::tests::organization::{any_organization_step, organization_command};
use crate::model::command::tests::{any_command, occasion};
use crate::model::{apply, example};

const FORMAT_1: &str = include_str!("../../tests/saves/format-1.json");
const SAMPLE: &str = include_str!("../../tests/saves/format-2.json");
const TIME: Time = Time(1_800_000_000);

fn primer() -> Value {
    serde_json::from_str(&write(&example::primer(), TIME)).expect("JSON")
}

/// What is said of the primer's save after `spoil`.
fn spoilt(spoil: impl FnOnce(&mut Value)) -> String {
    let mut save = primer();
    spoil(&mut save);
    read(&save.to_string()).expect_err("an error").to_string()
}

fn account(save: &mut Value) -> &mut Value {
    &mut save["world"]["accounts"]["123456789012"]
}

/// The object of this name.
fn named<'a>(save: &'a mut Value, kind: &str, name: &str) -> &'a mut Value {
    let objects = account(save)[kind].as_array_mut().expect("a list");
    objects.iter_mut().find(|object| object["name"] == name).expect("an object of this name")
}

#[test]
fn the_sample_of_format_1_can_still_be_read() {
    let saved = read(FORMAT_1).expect("the sample");
    let account = saved.world.accounts.values().next().expect("an account");
    assert_eq!((&*saved.world.name, saved.time), ("Sample of format 1", TIME));
    assert_eq!((account.users.len(), account.groups.len(), account.roles.len()), (3, 2, 3));
    assert_eq!(account.policies.get("ReadPhotos").map(|policy| (policy.versions.len(), policy.default)), Some((2, 2)));
    assert_eq!(account.providers.len(), 2);
    assert_eq!(account.resources.get("arn:aws:s3:::example-photos").map(|bucket| bucket.policy.is_some()), Some(true));
    let organization = saved.world.organization.as_ref().expect("an organization");
    assert_eq!((organization.units.len(), organization.policies.len()), (2, 2));
}

#[test]
fn every_format_gives_the_same_world() {
    let (old, new) = (read(FORMAT_1).expect("format 1"), read(SAMPLE).expect("format 2"));
    assert_eq!(World { name: old.world.name.clone(), ..new.world }, old.world);
    assert_eq!(read(&write_with(&old.world, &old.beside, old.time)), Ok(old), "saved again in the newest format");
    assert_eq!((new.beside.pins.len(), new.beside.drafts.len(), new.beside.question.is_some()), (2, 1, true));
}

#[test]
fn a_mark_at_the_beginning_is_skipped() {
    assert_eq!(read(&format!("\u{feff}{}", write(&example::primer(), TIME))).map(|saved| saved.time), Ok(TIME));
}

#[test]
fn text_that_is_cut_off_anywhere_is_told_as_such() {
    let text = write(&example::primer(), TIME);
    for end in (0..text.len()).step_by(97) {
        assert!(matches!(read(&text[..end]), Err(SaveError::NotJson(_))), "cut at {end}");
    }
    assert!(read("").expect_err("an error").to_string().starts_with("This is not JSON, or a part of it is missing"));
}

#[test]
fn json_of_something_else_is_no_save() {
    for text in
        ["{}", "[]", "null", "1", r#"{"Version": "2012-10-17", "Statement": []}"#, r#"{"format": 1, "world": {}}"#]
    {
        assert_eq!(read(text), Err(SaveError::Foreign), "{text}");
    }
}

#[test]
fn a_newer_format_is_told_as_such_whatever_it_holds() {
    let newer = json!({ "app": "iam-playground", "format": 3, "planet": {} }).to_string();
    assert_eq!(read(&newer), Err(SaveError::Newer(3)));
    assert!(SaveError::Newer(3).to_string().contains("newer version"));
}

#[test]
fn a_save_without_its_parts_is_damaged() {
    let damaged = |what: &str| format!("It is damaged: {what}.");
    assert_eq!(spoilt(|save| save["format"] = json!("1")), damaged("it names no format that ever was"));
    assert_eq!(spoilt(|save| save["saved"] = json!(null)), damaged("the time of saving is missing"));
    let no_world = spoilt(|save| drop(save.as_object_mut().and_then(|save| save.remove("world"))));
    assert_eq!(no_world, damaged("the world is missing"));
    assert_eq!(spoilt(|save| save["world"]["accounts"] = json!({})), damaged("the world has no account"));
    let no_path =
        spoilt(|save| drop(named(save, "users", "Administrator").as_object_mut().map(|user| user.remove("path"))));
    assert_eq!(
        no_path,
        damaged("in account `123456789012`, in `Administrator` of `users`, `path` is missing or not what it should be")
    );
    let two = spoilt(|save| {
        let user = named(save, "users", "Administrator").clone();
        account(save)["users"].as_array_mut().expect("users").push(user);
    });
    assert_eq!(two, damaged("in account `123456789012`, in `Administrator` of `users`, the name is there twice"));
}

#[test]
fn what_is_spoken_of_must_be_there() {
    let check = |what: &str, spoil: &dyn Fn(&mut Value)| {
        assert_eq!(spoilt(spoil), format!("It is damaged: in account `123456789012`, {what}."));
    };
    check("user `Administrator` is in group `Admins`, which is missing", &|save| {
        named(save, "users", "Administrator")["groups"] = json!(["Admins"]);
    });
    check("user `Administrator` has policy `arn:aws:iam::123456789012:policy/Mine`, which is missing", &|save| {
        named(save, "users", "Administrator")["permissions"]["attached"] =
            json!(["arn:aws:iam::123456789012:policy/Mine"]);
    });
    check("user `TableMaker` has policy `nothing`, which is missing", &|save| {
        named(save, "users", "TableMaker")["boundary"] = json!("nothing");
    });
    check("group `Administrators` has policy `arn:aws:iam::aws:policy/AdministratorAccess` twice", &|save| {
        let twice = "arn:aws:iam::aws:policy/AdministratorAccess";
        named(save, "groups", "Administrators")["permissions"]["attached"] = json!([twice, twice]);
    });
    check("user `TableMaker` has two inline policies named `CreateTables`", &|save| {
        let inline = &mut named(save, "users", "TableMaker")["permissions"]["inline"];
        let first = inline[0].clone();
        inline.as_array_mut().expect("a list").push(first);
    });
    check("something has no name", &|save| named(save, "users", "TableMaker")["name"] = json!(""));
    check("`TableMaker` has the unique id `AIDA` of something else", &|save| {
        named(save, "users", "Administrator")["id"] = json!("AIDA");
        named(save, "users", "TableMaker")["id"] = json!("AIDA");
    });
    assert_eq!(
        spoilt(|save| save["world"]["serial"] = json!(2)),
        "It is damaged: `serial` is 2, but there are 7 unique ids."
    );
    let other = spoilt(|save| account(save)["id"] = json!("111122223333"));
    assert_eq!(other, "It is damaged: account `123456789012` calls itself `111122223333`.");
}

/// What is said of the sample after `spoil`.
fn spoilt_sample(spoil: impl FnOnce(&mut Value)) -> String {
    let mut save: Value = serde_json::from_str(SAMPLE).expect("JSON");
    spoil(&mut save);
    read(&save.to_string()).expect_err("an error").to_string()
}

#[test]
fn versions_and_roles_that_count_must_be_there() {
    let version = spoilt_sample(|save| named(save, "policies", "ReadPhotos")["default"] = json!(9));
    assert!(version.contains("policy `ReadPhotos` has no version 9, which is its default"), "{version}");
    let order = spoilt_sample(|save| named(save, "policies", "ReadPhotos")["versions"][0]["number"] = json!(7));
    assert!(order.contains("the versions of policy `ReadPhotos` are out of order"), "{order}");
    let role = spoilt_sample(|save| account(save)["instanceProfiles"][0]["role"] = json!("Nobody"));
    assert!(role.contains("holds role `Nobody`, which is missing"), "{role}");
}

#[test]
fn an_organization_hangs_together() {
    let organization = |spoil: &dyn Fn(&mut Value)| spoilt_sample(|save| spoil(&mut save["world"]["organization"]));
    let ring = organization(&|org| org["units"]["ou-dev"]["parent"] = json!("ou-team"));
    assert!(ring.contains("of the organization does not lead up to its root"), "{ring}");
    let place = organization(&|org| org["places"]["123456789012"] = json!("ou-gone"));
    assert!(place.contains("account `123456789012` stands in unit `ou-gone`, which is missing"), "{place}");
    let node = organization(&|org| org["attached"]["ou-gone"] = json!([]));
    assert!(node.contains("policies hang on `ou-gone`, which is not in the organization"), "{node}");
    let policy = organization(&|org| org["attached"]["ou-dev"] = json!(["Gone"]));
    assert!(policy.contains("policy `Gone` hangs on `ou-dev`, but is missing"), "{policy}");
}

#[test]
fn a_field_that_is_not_known_is_told_and_not_lost() {
    // Every object but those whose keys are names: tags, ids of accounts, of units and of what policies hang on.
    let free = ["tags", "changes", "accounts", "units", "places", "attached"];
    fn objects(value: &Value, at: String, free: &[&str], found: &mut Vec<String>) {
        let last = at.rsplit('/').next().unwrap_or_default();
        match value {
            Value::Object(object) => {
                if !free.contains(&last) {
                    found.push(at.clone());
                }
                for (key, value) in object {
                    objects(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), free, found);
                }
            }
            Value::Array(list) => {
                for (place, value) in list.iter().enumerate() {
                    objects(value, format!("{at}/{place}"), free, found);
                }
            }
            _ => {}
        }
    }
    let sample: Value = serde_json::from_str(SAMPLE).expect("JSON");
    let mut found = Vec::new();
    objects(&sample, String::new(), &free, &mut found);
    assert!(found.len() > 40);
    for pointer in found {
        let spoilt = spoilt_sample(|save| save.pointer_mut(&pointer).expect("it is there")["colour"] = json!("red"));
        assert!(spoilt.ends_with("`colour` is not known in format 2."), "{pointer}: {spoilt}");
    }
}

/// What was written by hand is what the derives of the model write and read.
fn check_against_derives(text: &str) {
    let save: Value = serde_json::from_str(text).expect("JSON");
    let world: World = serde_json::from_value(save["world"].clone()).expect("the derives read it");
    assert_eq!(serde_json::to_value(&world).expect("they write it"), save["world"]);
}

#[test]
fn the_format_is_that_of_the_model() {
    check_against_derives(SAMPLE);
    let sample = read(SAMPLE).expect("the sample");
    let written: Value = serde_json::from_str(&write_with(&sample.world, &sample.beside, TIME)).expect("JSON");
    assert_eq!(written, serde_json::from_str::<Value>(SAMPLE).expect("JSON"));
    check_against_derives(&write(&example::primer(), TIME));
}

#[test]
fn every_part_of_the_sample_is_needed_or_may_be_missing() {
    // Takes each value of the sample out in turn, and puts something else in its place.
    fn places(value: &Value, at: String, found: &mut Vec<String>) {
        let keys: Vec<String> = match value {
            Value::Object(object) => object.keys().cloned().collect(),
            Value::Array(list) => (0..list.len()).map(|at| at.to_string()).collect(),
            _ => Vec::new(),
        };
        for key in keys {
            let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
            places(
                value.pointer(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))).expect("it"),
                pointer.clone(),
                found,
            );
            found.push(pointer);
        }
    }
    let sample: Value = serde_json::from_str(SAMPLE).expect("JSON");
    let mut found = Vec::new();
    places(&sample["world"], "/world".to_owned(), &mut found);
    assert!(found.len() > 200);
    for pointer in found {
        for other in [json!(null), json!(-1), json!("?"), json!([]), json!({})] {
            let mut save = sample.clone();
            *save.pointer_mut(&pointer).expect("it is there") = other;
            if let Ok(saved) = read(&save.to_string()) {
                assert_eq!(read(&write_with(&saved.world, &saved.beside, saved.time)), Ok(saved), "{pointer}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_world_survives_being_saved(commands in prop::collection::vec(any_command(), 120), time in any::<i64>()) {
        let world = commands.iter().fold(example::primer(), |world, command| {
            apply(&world, command, &occasion()).unwrap_or(world)
        });
        let text = write(&world, Time(time));
        check_against_derives(&text);
        prop_assert_eq!(read(&text), Ok(Saved { world, beside: Beside::default(), time: Time(time) }));
    }

    #[test]
    fn an_organization_survives_being_saved(steps in prop::collection::vec(any_organization_step(), 120)) {
        let world = steps.into_iter().fold(example::primer(), |world, step| {
            apply(&world, &organization_command(&world, step), &occasion()).unwrap_or(world)
        });
        let text = write(&world, TIME);
        check_against_derives(&text);
        prop_assert_eq!(read(&text).map(|saved| saved.world), Ok(world));
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        prop_assert!(read(&text).is_err());
    }

    #[test]
    fn no_change_of_one_byte_makes_it_panic(at in any::<prop::sample::Index>(), byte in 0x20..0x7f_u8) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) && let Ok(saved) = read(&text) {
            prop_assert_eq!(read(&write_with(&saved.world, &saved.beside, saved.time)), Ok(saved));
        }
    }
}

#[test]
fn question_drafts_and_pins_are_kept_beside_the_world() {
    use crate::analysis::{Pin, Pinned};
    use crate::eval::Verdict;
    use crate::model::{Holder, PrincipalRef, Proof, Session};
    let session = || Session {
        proof: Some(Proof::TokenWithMfa),
        name: Some("ana".into()),
        tags: [("team".into(), "blue".into())].into(),
        source_identity: Some("ana".into()),
        policy: Some("{}".into()),
        managed: vec!["a".into()],
    };
    let holder = || Holder::User(example::TABLE_MAKER.into());
    let principals = [
        PrincipalRef::Root,
        PrincipalRef::User("Nobody".into()),
        PrincipalRef::Role("R".into()),
        PrincipalRef::FederatedSession { role: "R".into(), provider: "p".into() },
        PrincipalRef::Federated("p".into()),
        PrincipalRef::Service("s3.amazonaws.com".into()),
        PrincipalRef::Anonymous,
    ];
    let policies = [
        PolicyRef::Inline { holder: holder(), name: "CreateTables".into() },
        PolicyRef::Attached { holder: Holder::Group("g".into()), arn: "a".into() },
        PolicyRef::Boundary { holder: Holder::Role("r".into()), arn: "a".into() },
        PolicyRef::Resource { arn: "a".into() },
        PolicyRef::Trust { role: "a".into() },
        PolicyRef::Control { node: "n".into(), name: "c".into() },
        PolicyRef::Session { arn: None },
        PolicyRef::Session { arn: Some("a".into()) },
    ];
    for principal in principals {
        let mut asking = Asking::new(principal, "s3:GetObject", "arn:aws:s3:::a/b");
        asking.changes = [("aws:SourceIp".to_owned(), Some("1.2.3.4".to_owned())), ("aws:x".to_owned(), None)].into();
        let drafts = policies.iter().map(|policy| (policy.clone(), "{".into())).collect();
        asking.session = session();
        let pins = vec![
            Pin { what: Pinned::Question(asking.clone()), expected: Verdict::ImplicitlyDenied },
            Pin { what: Pinned::Case("{}".into()), expected: Verdict::Allowed },
        ];
        let beside = Beside { question: Some(asking), drafts, pins };
        let saved = read(&write_with(&example::primer(), &beside, TIME)).expect("a save");
        assert_eq!(saved.beside, beside);
    }
    assert!(spoilt(|save| save["drafts"] = json!([{ "policy": ["?"], "text": "" }])).contains("`policy`"));
    assert!(spoilt(|save| save["question"] = json!({})).contains("in `question`"));
}
