use std::sync::LazyLock;

use super::*;
use crate::catalog::AccessLevel;
use crate::eval::decide;
use crate::eval::situation::{gather, request};
use crate::model::{Command, Holder, InlinePolicy, Occasion, Resource as Thing, ResourceKind, Time, apply, example};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::parse(include_str!("../../../static/data/actions.txt")).expect("the catalogue is committed")
});
const EVERYTHING: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const MUSIC: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/Music";

fn library() -> Library {
    Library::default().with(example::ADMINISTRATOR_ACCESS.into(), EVERYTHING.into())
}

fn user(name: &str) -> PrincipalRef {
    PrincipalRef::User(name.into())
}

fn terms(principal: PrincipalRef, action: &str, resource: &str) -> Terms {
    Terms { asking: Asking::new(principal, action, resource), signed_in: None, now: "2026-11-24T12:00:00Z".to_owned() }
}

fn change(world: &World, command: &Command) -> World {
    let occasion = Occasion { account: AccountId::example(), now: Time(1_768_000_000) };
    apply(world, command, &occasion).expect("no refusal")
}

fn inline(world: &World, holder: Holder, statement: &str) -> World {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
    let policy = InlinePolicy { name: "Test".into(), text: text.into() };
    change(world, &Command::PutInlinePolicy { holder, policy })
}

/// Does a job over a world and hands the results to `look`.
fn with<T>(world: &World, look: impl FnOnce(&Inputs<'_>) -> T) -> T {
    let (library, memo) = (library(), Memo::default());
    look(&Inputs { world, library: &library, catalog: &CATALOG, memo: &memo })
}

fn grid(world: &World, terms: &Terms, job: &Job) -> Grid {
    with(world, |inputs| Grid::new(inputs, terms, job, &run(inputs, terms, job, &mut |_, _| {})).expect("a grid"))
}

fn survey<T>(world: &World, terms: &Terms, look: impl FnOnce(&Survey<'_>) -> T) -> T {
    with(world, |inputs| {
        let marks = run(inputs, terms, &Job::Survey, &mut |_, _| {});
        look(&Survey::new(*inputs, terms, &marks).expect("a survey"))
    })
}

fn differences(world: &World, terms: &Terms, rival: Rival) -> Differences {
    with(world, |inputs| {
        let marks = run(inputs, terms, &Job::Differences(rival.clone()), &mut |_, _| {});
        Differences::new(inputs, terms, &rival, &marks).expect("differences")
    })
}

/// What the page answers to a question by itself.
fn single(world: &World, terms: &Terms, asking: &Asking) -> Verdict {
    let Terms { signed_in, now, .. } = terms.clone();
    let (action, resource) = Terms { asking: asking.clone(), signed_in, now }.target().expect("a target");
    let question = Question { resource, ..terms.question(&asking.account, &asking.principal, &action) };
    let account = world.account(&asking.account).expect("the account");
    let policies = match account.has(&asking.principal) {
        true => gather(world, &library(), &question).policies,
        false => Default::default(),
    };
    decide(&policies, &request(world, &question).expect("a request")).verdict
}

/// EVAL-16, EVAL-20: the root user, the one with all permissions, and the one with this permission.
#[test]
fn who_can_create_tables_in_the_primer() {
    let grid = grid(&example::primer(), &terms(user("TableMaker"), "dynamodb:CreateTable", MUSIC), &Job::WhoCan);
    let who: Vec<String> = grid.allowed().map(|caller| caller.principal.to_string()).collect();
    assert_eq!(who, ["user Administrator", "user TableMaker", "root user"]);
    assert!(grid.callers.iter().any(|caller| caller.principal == PrincipalRef::Anonymous));
    assert_eq!(grid.callers.len(), grid.sheet(|_| "").rows.len());
}

/// EVAL-30: what a control policy denies is denied by a statement, the root user of a member account included.
#[test]
fn a_denial_by_a_control_policy_is_an_explicit_one() {
    let organization = example::EXAMPLES.iter().find(|one| one.id == "organization").expect("the example");
    let world = (organization.world)();
    let trail = "arn:aws:cloudtrail:us-east-1:123456789012:trail/Audit";
    let terms = terms(user("Administrator"), "cloudtrail:StopLogging", trail);
    let job = Job::Matrix("cloudtrail:StopLogging cloudtrail:StartLogging".to_owned());
    let grid = grid(
        &world,
        &Terms { asking: Asking { account: (organization.question)().account, ..terms.asking.clone() }, ..terms },
        &job,
    );
    let row = |principal: &PrincipalRef| {
        grid.callers.iter().position(|caller| caller.principal == *principal).expect("a row")
    };
    let column = |name: &str| {
        let columns = &grid.columns.columns;
        columns.iter().position(|column| column.action.as_str() == name).expect("a column")
    };
    for principal in [user("Administrator"), PrincipalRef::Root] {
        let verdict = |name| grid.verdict(row(&principal), column(name));
        assert_eq!(verdict("cloudtrail:StopLogging"), Some(Verdict::ExplicitlyDenied));
        assert_eq!(verdict("cloudtrail:StartLogging"), Some(Verdict::Allowed));
    }
}

#[test]
fn columns_stand_by_level_and_are_asked_on_what_they_take() {
    let world = example::primer();
    let object = "arn:aws:s3:::example-photos/cat.jpg";
    let terms = terms(user("Administrator"), "s3:GetObject", object);
    let text = "s3:putobjecttagging, s3:GetObjectTagging s3:ListBucket,dynamodb:GetItem sqs:SendMessage s3:ListAllMyBuckets own:Thing";
    let columns = with(&world, |inputs| Columns::read(inputs, &terms, text));
    let shown: Vec<(Option<AccessLevel>, &str, Arc<str>, Origin)> = columns
        .columns
        .iter()
        .map(|column| (column.level, column.action.as_str(), column.target.text(), column.target.origin))
        .collect();
    use AccessLevel::{List, Read, Tagging, Write};
    let expected = [
        (Some(List), "s3:ListAllMyBuckets", "*", Origin::Nothing),
        (Some(List), "s3:ListBucket", "arn:aws:s3:::example-photos", Origin::World),
        (Some(Read), "dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/Orders", Origin::World),
        (Some(Read), "s3:GetObjectTagging", object, Origin::Question),
        (Some(Write), "sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:example-queue", Origin::Example),
        (Some(Tagging), "s3:PutObjectTagging", object, Origin::Question),
        (None, "own:Thing", object, Origin::Question),
    ];
    assert_eq!(shown, expected.map(|(level, action, on, origin)| (level, action, on.into(), origin)));
}

#[test]
fn wildcards_name_every_action_they_match_and_strangers_are_told() {
    let terms = terms(user("Administrator"), "s3:GetObject", "arn:aws:s3:::example-photos/cat.jpg");
    let read = |text: &str| with(&example::primer(), |inputs| Columns::read(inputs, &terms, text));
    let found = read("sts:Assume*, dynamodb:Nothing* photos");
    let names: Vec<&str> = found.columns.iter().map(|column| column.action.as_str()).collect();
    assert!(names.contains(&"sts:AssumeRole") && names.contains(&"sts:AssumeRoleWithSAML"), "{names:?}");
    assert!(names.iter().all(|name| name.starts_with("sts:Assume")));
    assert_eq!(found.strangers, ["dynamodb:Nothing*", "photos"]);
    let all = read("*");
    assert_eq!((all.columns.len(), all.named > 20_000), (MOST_COLUMNS, true));
    assert_eq!(read("s3:GetObject S3:GETOBJECT s3:GetObject").named, 1);
}

#[test]
fn without_a_text_the_question_and_the_telling_actions_of_its_service_are_the_columns() {
    let terms = terms(user("TableMaker"), "dynamodb:CreateTable", MUSIC);
    let columns = with(&example::primer(), |inputs| Columns::read(inputs, &terms, " , "));
    let of = |level| columns.columns.iter().filter(|column| column.level == Some(level)).count();
    // The asked action is a third one of its level.
    assert_eq!(AccessLevel::ALL.map(of), [2, 2, 3, 2, 2]);
    assert!(columns.columns.iter().any(|column| column.action.as_str() == "dynamodb:CreateTable"));
}

/// EVAL-16: nothing limits the root user of an account by itself, but for the rules of STS (EVAL-100) and keys whose policies
/// do not name it (EVAL-118).
#[test]
fn the_root_user_may_nearly_everything() {
    survey(&example::primer(), &terms(PrincipalRef::Root, "s3:GetObject", "*"), |survey| {
        let heat = survey.heat();
        assert_eq!(heat.iter().flat_map(|(_, levels)| levels).map(|heat| heat.count()).sum::<usize>(), 22_321);
        for (service, levels) in heat {
            let all = levels.iter().all(|heat| heat.everywhere == heat.count());
            assert_eq!(all, !["sts", "kms"].contains(&&*service.prefix), "{}", service.prefix);
        }
    });
}

#[test]
fn one_permission_is_one_action_of_the_heat_map() {
    survey(&example::primer(), &terms(user("TableMaker"), "s3:GetObject", "*"), |survey| {
        let allowed: Vec<(&str, AccessLevel, usize)> = survey
            .heat()
            .into_iter()
            .flat_map(|(service, levels)| {
                let cells = AccessLevel::ALL.into_iter().zip(levels);
                cells.map(|(level, heat)| (&*service.prefix, level, heat.allowed())).collect::<Vec<_>>()
            })
            .filter(|(.., allowed)| *allowed > 0)
            .collect();
        // EVAL-101, EVAL-102: two calls of STS need no permission.
        assert_eq!(allowed, [("dynamodb", AccessLevel::Write, 1), ("sts", AccessLevel::Read, 2)]);
        let rows = survey.actions("dynamodb", Some(AccessLevel::Write));
        let row = rows.iter().find(|row| row.action == "dynamodb:CreateTable").expect("the action");
        assert_eq!(row.tally().outcome(), Outcome::Everywhere);
        assert_eq!(row.asked[0].0.text(), "arn:aws:dynamodb:us-east-1:123456789012:table/Orders".into());
        let sheet = survey.sheet(|_| "yes");
        assert!(sheet.rows.iter().any(|row| row[2] == "dynamodb:CreateTable" && row[4] == "yes"));
        assert!(!sheet.rows.iter().any(|row| row[2] == "dynamodb:DeleteTable"));
    });
}

#[test]
fn an_action_is_asked_on_what_the_world_has_on_its_parts_and_on_an_example() {
    let role = terms(PrincipalRef::Role(example::REDSHIFT_LOADER.into()), "s3:GetObject", "*");
    survey(&example::primer(), &role, |survey| {
        let rows = survey.actions("s3", Some(AccessLevel::Read));
        let row = rows.iter().find(|row| row.action == "s3:GetObject").expect("the action");
        let of = |part: &str| {
            row.asked.iter().find(|(target, _)| target.text().starts_with(part)).map(|(_, verdict)| *verdict)
        };
        assert_eq!(of("arn:aws:s3:::example-sales/"), Some(Verdict::Allowed));
        assert_eq!(of("arn:aws:s3:::example-photos/"), Some(Verdict::ImplicitlyDenied));
        assert_eq!(of("arn:aws:s3:::example-bucket/"), Some(Verdict::ImplicitlyDenied));
        assert_eq!(row.tally().outcome(), Outcome::Some);
    });
}

#[test]
fn what_a_statement_denies_is_told_from_what_nothing_allows() {
    let deny = r#"{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}"#;
    let world = inline(&example::primer(), Holder::User("TableMaker".into()), deny);
    survey(&world, &terms(user("TableMaker"), "s3:GetObject", "*"), |survey| {
        let rows = survey.actions("s3", None);
        let outcome = |name: &str| rows.iter().find(|row| row.action == name).map(|row| row.tally().outcome());
        assert_eq!(outcome("s3:GetObject"), Some(Outcome::ExplicitlyNowhere));
        assert_eq!(outcome("s3:PutObject"), Some(Outcome::ImplicitlyNowhere));
    });
}

#[test]
fn two_principals_differ_in_what_one_of_them_may() {
    let terms = terms(user("TableMaker"), "s3:GetObject", "*");
    let found =
        differences(&example::primer(), &terms, Rival::Principal(PrincipalRef::Role(example::PHOTO_SERVER.into())));
    let mut actions: Vec<&str> = found.found.iter().map(|one| one.action.as_str()).collect();
    actions.dedup();
    // EVAL-167: a session of a role gets no token.
    assert_eq!(actions, ["dynamodb:CreateTable", "s3:GetObject", "s3:PutObject", "sts:GetSessionToken"]);
    let get = found.found.iter().find(|one| one.action == "s3:GetObject").expect("the action");
    assert_eq!((get.before, get.after), (Verdict::ImplicitlyDenied, Verdict::Allowed));
    assert_eq!(found.asking_before(get).principal, user("TableMaker"));
    assert_eq!(
        found.asking_after(get).map(|asking| asking.principal),
        Some(PrincipalRef::Role(example::PHOTO_SERVER.into()))
    );
}

fn versioned() -> World {
    let holder = Holder::User("TableMaker".into());
    let text = |action: &str| {
        format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"*"}}}}"#)
    };
    let commands = [
        Command::CreatePolicy {
            name: "Queues".into(),
            path: "/".into(),
            description: "".into(),
            text: text("sqs:SendMessage").into(),
        },
        Command::CreatePolicyVersion {
            name: "Queues".into(),
            text: text("sqs:ReceiveMessage").into(),
            set_default: true,
        },
        Command::AttachPolicy { holder, arn: "arn:aws:iam::123456789012:policy/Queues".into() },
    ];
    commands.iter().fold(example::primer(), |world, command| change(&world, command))
}

#[test]
fn two_versions_of_a_policy_differ_for_whoever_holds_it() {
    let (world, terms) = (versioned(), terms(user("TableMaker"), "s3:GetObject", "*"));
    let rivals = rivals(world.account(&AccountId::example()).expect("the account"), &user("TableMaker"));
    let older = Rival::Version { policy: "Queues".into(), number: 1 };
    assert_eq!((rivals.first(), rivals.contains(&Rival::Principal(user("TableMaker")))), (Some(&older), false));
    let found = differences(&world, &terms, older);
    let shown: Vec<(&str, Verdict, Verdict)> =
        found.found.iter().map(|one| (one.action.as_str(), one.before, one.after)).collect();
    let expected = [
        ("sqs:ReceiveMessage", Verdict::Allowed, Verdict::ImplicitlyDenied),
        ("sqs:SendMessage", Verdict::ImplicitlyDenied, Verdict::Allowed),
    ];
    assert_eq!(shown, expected);
    assert_eq!(found.asking_after(&found.found[0]), None);
}

#[test]
fn the_progress_ends_where_the_work_does() {
    let (world, terms) = (example::primer(), terms(user("TableMaker"), "s3:GetObject", "*"));
    for job in [Job::WhoCan, Job::Survey, Job::Differences(Rival::Principal(PrincipalRef::Root))] {
        let mut heard = Vec::new();
        with(&world, |inputs| run(inputs, &terms, &job, &mut |done, all| heard.push((done, all))));
        assert!(heard.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 == pair[1].1), "{job:?}");
        assert_eq!(heard.last().map(|(done, all)| done == all), Some(true), "{job:?}");
    }
}

#[test]
fn marks_of_another_world_make_no_table() {
    let (world, terms) = (example::primer(), terms(user("TableMaker"), "s3:GetObject", "*"));
    with(&world, |inputs| {
        let marks = run(inputs, &terms, &Job::WhoCan, &mut |_, _| {});
        assert_eq!(Grid::new(inputs, &terms, &Job::WhoCan, &marks[1..]), None);
        assert!(Survey::new(*inputs, &terms, &marks).is_none());
    });
}

/// A world with whatever makes a decision depend on the resource: policies of resources, trust, tags, another account, an
/// organization.
fn crowded() -> World {
    let organization = example::EXAMPLES.iter().find(|one| one.id == "organization").expect("the example");
    let world = (organization.world)();
    let bucket = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/Administrator"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::shared/*"},{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::shared/*"}]}"#;
    let resource = Thing {
        arn: "arn:aws:s3:::shared".into(),
        kind: ResourceKind::Bucket,
        tags: [("team".into(), "red".into())].into_iter().collect(),
        policy: Some(bucket.into()),
        role: None,
    };
    let other = world.accounts.keys().find(|id| **id != AccountId::example()).cloned().expect("another account");
    let occasion = Occasion { account: other, now: Time(1_768_000_000) };
    let world = apply(&world, &Command::CreateResource { resource }, &occasion).expect("no refusal");
    let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/Administrator"},"Action":"sts:AssumeRole"}}"#;
    let role = Command::CreateRole {
        name: "Auditor".into(),
        path: "/".into(),
        description: "".into(),
        trust: trust.into(),
        tags: vec![("team".into(), "red".into())],
    };
    let world = change(&world, &role);
    let by_tag = r#"{"Effect":"Allow","Action":["iam:GetRole","s3:GetObject","dynamodb:GetItem"],"Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}},{"Effect":"Deny","Action":"ec2:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}"#;
    inline(&world, Holder::Role("Auditor".into()), by_tag)
}

/// Every cell is the decision of its own question.
#[test]
fn a_cell_is_what_its_question_is_answered() {
    let world = crowded();
    let terms = Terms {
        signed_in: Some((user("Administrator"), Proof::ConsoleWithMfa)),
        asking: Asking {
            changes: [
                ("aws:SourceIp".to_owned(), None),
                ("aws:RequestedRegion".to_owned(), Some("eu-west-1".to_owned())),
            ]
            .into(),
            ..Asking::new(user("Administrator"), "s3:GetObject", "arn:aws:s3:::shared/cat.jpg")
        },
        now: "2026-11-24T12:00:00Z".to_owned(),
    };
    let mut cells = 0;
    for job in
        [Job::WhoCan, Job::Matrix("s3:*Object iam:*Role sts:* ec2:*Instances dynamodb:GetItem own:Thing".to_owned())]
    {
        let grid = grid(&world, &terms, &job);
        for row in 0..grid.callers.len() {
            for column in 0..grid.columns.columns.len() {
                let asking = grid.asking(row, column).expect("a question");
                assert_eq!(grid.verdict(row, column), Some(single(&world, &terms, &asking)), "{asking:?}");
                cells += 1;
            }
        }
    }
    for principal in
        [user("Administrator"), PrincipalRef::Role("Auditor".into()), PrincipalRef::Anonymous, user("Nobody")]
    {
        let terms = Terms { asking: Asking { principal, ..terms.asking.clone() }, ..terms.clone() };
        survey(&world, &terms, |survey| {
            for service in ["s3", "iam", "sts", "ec2", "dynamodb", "kms"] {
                for row in survey.actions(service, None) {
                    for (target, verdict) in &row.asked {
                        let asking = survey.asking(&row.action, target);
                        assert_eq!(*verdict, single(&world, &terms, &asking), "{asking:?}");
                        cells += 1;
                    }
                }
            }
        });
    }
    assert!(cells > 3_000, "{cells}");
}

#[test]
fn csv_quotes_what_needs_it() {
    let sheet = Sheet {
        head: vec!["Who".to_owned(), "What".to_owned()],
        rows: vec![
            vec!["plain".to_owned(), "a,b".to_owned()],
            vec!["say \"no\"".to_owned(), "two\nlines".to_owned()],
            vec![String::new(), " spaces ".to_owned()],
        ],
    };
    assert_eq!(csv(&sheet), "Who,What\r\nplain,\"a,b\"\r\n\"say \"\"no\"\"\",\"two\nlines\"\r\n, spaces \r\n");
}

#[test]
fn markdown_keeps_every_row_one_row() {
    let sheet = Sheet {
        head: vec!["Who".to_owned(), "On".to_owned()],
        rows: vec![vec!["a|b\nc".to_owned(), "arn:aws:s3:::x_y/*".to_owned()]],
    };
    assert_eq!(markdown(&sheet), "| Who | On |\n| --- | --- |\n| a\\|b c | arn:aws:s3:::x\\_y/\\* |\n");
}
