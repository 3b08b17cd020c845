use std::collections::BTreeMap;

use super::connect::Carried;
use super::graph::{Reason, Relation};
use super::layout::NODE_HEIGHT;
use super::{Asked, Graph, MOST_NODES, Picture, Says, Shape, Subject, Way, layout, of_question, of_world, words};
use crate::eval::situation::{Gathered, Library, Question, gather, request};
use crate::eval::{Request, Resource, Trace, Verdict, trace};
use crate::ident::{AccountId, ActionName};
use crate::model::{
    Account, Command, ControlKind, ControlPolicy, Holder, InlinePolicy, Named, Occasion, Organization, PrincipalRef,
    Time, World, apply, example,
};

const ADMINISTRATOR_ACCESS: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const ROLE: &str = "arn:aws:iam::123456789012:role/Guest";

/// A world with its question answered.
struct Case {
    world: World,
    library: Library,
    question: Question,
    request: Request,
    gathered: Gathered,
    trace: Trace,
}

impl Case {
    fn new(world: World, principal: PrincipalRef, action: &str, resource: &str) -> Self {
        let library = Library::default().with(example::ADMINISTRATOR_ACCESS.into(), ADMINISTRATOR_ACCESS.into());
        let resource = if resource == "*" { Resource::None } else { Resource::Arn(resource.into()) };
        let question = Question {
            account: AccountId::example(),
            principal,
            action: ActionName::parse(action).expect("an action"),
            resource,
            changes: BTreeMap::new(),
            now: "2026-11-24T12:00:00Z".to_owned(),
            session: Default::default(),
            off: Default::default(),
        };
        let gathered = gather(&world, &library, &question);
        let request = request(&world, &question).expect("a request");
        let trace = trace(&gathered.policies, &request);
        Self { world, library, question, request, gathered, trace }
    }

    fn graph(&self) -> Graph {
        let Self { world, library, question, request, gathered, trace } = self;
        of_question(&Asked { world, library, question, request, gathered, trace })
    }
}

fn run(world: &World, command: Command) -> World {
    let occasion = Occasion { account: AccountId::example(), now: Time(1_768_000_000) };
    apply(world, &command, &occasion).expect("no refusal")
}

fn user(name: &str) -> PrincipalRef {
    PrincipalRef::User(name.into())
}

fn inline(world: &World, holder: Holder, text: &str) -> World {
    run(world, Command::PutInlinePolicy { holder, policy: InlinePolicy { name: "Own".into(), text: text.into() } })
}

fn account(world: &World) -> &Account {
    world.account(&AccountId::example()).expect("the account")
}

/// Every edge as a sentence, those of the path marked.
fn told(graph: &Graph) -> Vec<String> {
    let name = |at: usize| graph.nodes[at].name.as_str();
    let edge = |edge: &super::Edge| {
        let path = if edge.on_path { "! " } else { "" };
        format!("{path}{} {} {}", name(edge.from), words::relation(&edge.relation), name(edge.to))
    };
    graph.edges.iter().map(edge).collect()
}

fn check(graph: &Graph) -> Picture {
    assert!(graph.edges.iter().all(|edge| edge.from < graph.nodes.len() && edge.to < graph.nodes.len()));
    check_way(graph, Way::Down);
    check_way(graph, Way::Right)
}

fn check_way(graph: &Graph, way: Way) -> Picture {
    let picture = layout(graph, way);
    assert_eq!(picture, layout(graph, way), "the same graph gives the same picture");
    assert_eq!(picture.nodes.len() + picture.tray.len(), graph.nodes.len());
    assert_eq!(picture.edges.len(), graph.edges.len());
    for (at, one) in picture.nodes.iter().enumerate() {
        assert!(one.x >= 0 && one.y >= 0, "{one:?}");
        assert!(one.x + one.width <= picture.width && one.y + NODE_HEIGHT <= picture.height, "{one:?}");
        for other in &picture.nodes[at + 1..] {
            let apart = one.x + one.width <= other.x
                || other.x + other.width <= one.x
                || one.y + NODE_HEIGHT <= other.y
                || other.y + NODE_HEIGHT <= one.y;
            assert!(apart, "{one:?} and {other:?}");
        }
    }
    picture
}

#[test]
fn the_primers_question_is_one_path_from_user_to_resource() {
    let case = Case::new(example::primer(), user(example::ADMINISTRATOR), "s3:ListAllMyBuckets", "*");
    let graph = case.graph();
    assert_eq!(
        told(&graph),
        [
            "! Administrator member of Administrators",
            "! Administrators attached AdministratorAccess",
            "! AdministratorAccess says statement 1",
            "! statement 1 ListAllMyBuckets on *",
        ]
    );
    let picture = check(&graph);
    let columns: Vec<i32> = picture.nodes.iter().map(|placed| placed.x).collect();
    assert_eq!(columns.len(), 5);
    let rows: Vec<i32> = picture.nodes.iter().map(|placed| placed.y).collect();
    assert!(rows.iter().all(|row| *row == rows[0]), "one straight line: {rows:?}");
}

#[test]
fn what_nobody_allows_is_a_silent_path_and_the_nearest_statement_is_off_it() {
    let case = Case::new(example::primer(), user(example::TABLE_MAKER), "s3:ListAllMyBuckets", "*");
    let graph = case.graph();
    assert_eq!(
        told(&graph),
        ["TableMaker inline CreateTables", "CreateTables says CreateTables", "! TableMaker ListAllMyBuckets on *",]
    );
    assert_eq!(graph.edges[2].says, Some(Says::Silent));
    check(&graph);
}

#[test]
fn the_path_holds_the_statement_that_the_trace_names() {
    let deny =
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"Stop","Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#;
    let world = inline(&example::primer(), Holder::User(example::ADMINISTRATOR.into()), deny);
    for (action, resource) in
        [("s3:ListAllMyBuckets", "*"), ("iam:ListUsers", "*"), ("s3:GetObject", "arn:aws:s3:::example-photos/a")]
    {
        for principal in [
            user(example::ADMINISTRATOR),
            user(example::TABLE_MAKER),
            PrincipalRef::Role(example::PHOTO_SERVER.into()),
            PrincipalRef::Root,
        ] {
            let case = Case::new(world.clone(), principal, action, resource);
            let graph = case.graph();
            check(&graph);
            let statements: Vec<&super::Node> = graph
                .nodes
                .iter()
                .filter(|node| matches!(node.subject, Subject::Statement { .. }) && node.on_path)
                .collect();
            match case
                .trace
                .decisive()
                .and_then(|at| Some((case.gathered.place(at)?, case.trace.statement(at)?.1.span())))
            {
                None => assert!(statements.is_empty(), "{statements:?}"),
                Some((place, span)) => {
                    let subject = Subject::Statement { policy: place.policy.clone(), span };
                    assert_eq!(statements.iter().map(|node| &node.subject).collect::<Vec<_>>(), [&subject]);
                    let wanted = if case.trace.decision.verdict == Verdict::Allowed { Says::Allow } else { Says::Deny };
                    assert_eq!(statements[0].says, Some(wanted));
                }
            }
            assert!(graph.edges.iter().any(|edge| edge.on_path), "something decides");
            assert!(graph.nodes.len() <= 9, "{} nodes", graph.nodes.len());
        }
    }
}

/// A user who may assume roles or not, and a role that trusts the account or not.
fn guest(permission: bool, trust: bool) -> World {
    let world =
        run(&example::empty("Guests"), Command::CreateUser { name: "Ann".into(), path: "/".into(), tags: Vec::new() });
    let trust = guest_trust(trust);
    let (path, description) = ("/".into(), "".into());
    let world = run(&world, Command::CreateRole { name: "Guest".into(), path, description, trust, tags: Vec::new() });
    match permission {
        false => world,
        true => inline(
            &world,
            Holder::User("Ann".into()),
            r#"{"Version":"2012-10-17","Statement":[{"Sid":"Go","Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}"#,
        ),
    }
}

/// Trust in Ann's account, or in EC2.
fn guest_trust(account: bool) -> std::sync::Arc<str> {
    let whom = if account { r#""AWS":"arn:aws:iam::123456789012:root""# } else { r#""Service":"ec2.amazonaws.com""# };
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"In","Effect":"Allow","Principal":{{{whom}}},"Action":"sts:AssumeRole"}}]}}"#
    )
    .into()
}

#[test]
fn a_handshake_has_two_sides_each_there_or_missing() {
    for (permission, trust) in [(true, true), (true, false), (false, true), (false, false)] {
        let case = Case::new(guest(permission, trust), user("Ann"), "sts:AssumeRole", ROLE);
        let graph = case.graph();
        let sides: Vec<(Option<Says>, Reason)> =
            graph.edges.iter().filter_map(|edge| edge.half.map(|half| (edge.says, half.reason))).collect();
        let side = |there| {
            if there { (Some(Says::Allow), Reason::Allowed) } else { (Some(Says::Silent), Reason::NothingAllows) }
        };
        assert_eq!(sides, [side(permission), side(trust)], "{permission} {trust}");
        let allowed = case.trace.decision.verdict == Verdict::Allowed;
        assert_eq!(allowed, permission && trust);
        let path: Vec<bool> = graph.edges.iter().filter(|edge| edge.half.is_some()).map(|edge| edge.on_path).collect();
        assert_eq!(path, if allowed { [true, true] } else { [trust, !trust] }, "what is missing decides");
        check(&graph);
    }
    let told = told(&Case::new(guest(true, true), user("Ann"), "sts:AssumeRole", ROLE).graph());
    assert_eq!(
        told,
        [
            "! Guest trust policy trust of Guest",
            "! trust of Guest says In",
            "! Ann inline Own",
            "! Own says Go",
            "! Go AssumeRole on Guest",
            "! Guest trusts Ann",
        ]
    );
}

#[test]
fn trust_in_the_caller_itself_is_enough_in_one_account() {
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/Ann"},"Action":"sts:AssumeRole"}]}"#;
    let world = run(&guest(false, true), Command::UpdateAssumeRolePolicy { role: "Guest".into(), text: trust.into() });
    let case = Case::new(world, user("Ann"), "sts:AssumeRole", ROLE);
    assert_eq!(case.trace.decision.verdict, Verdict::Allowed);
    let reasons: Vec<Reason> = case.graph().edges.iter().filter_map(|edge| edge.half.map(|half| half.reason)).collect();
    assert_eq!(reasons, [Reason::TrustIsEnough, Reason::Allowed]);
}

#[test]
fn a_role_shows_whom_it_lets_in() {
    let case = Case::new(example::primer(), PrincipalRef::Role(example::MOBILE_APP.into()), "s3:ListAllMyBuckets", "*");
    let graph = case.graph();
    let trusts: Vec<&str> = graph
        .edges
        .iter()
        .filter(|edge| edge.relation == Relation::Trusts)
        .map(|edge| graph.nodes[edge.to].name.as_str())
        .collect();
    assert_eq!(trusts, ["accounts.google.com", "www.amazon.com", "graph.facebook.com"]);
    check(&graph);
    // The evaluator is asked for identities of the account.
    let case = Case::new(guest(true, true), PrincipalRef::Role("Guest".into()), "s3:ListAllMyBuckets", "*");
    assert!(told(&case.graph()).contains(&"Guest trusts 123456789012".to_owned()));
}

#[test]
fn a_boundary_that_is_silent_decides() {
    let world = run(
        &example::primer(),
        Command::CreatePolicy {
            name: "Bound".into(),
            path: "/".into(),
            description: "".into(),
            text: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}"#.into(),
        },
    );
    let (holder, arn) = (Holder::User(example::ADMINISTRATOR.into()), "arn:aws:iam::123456789012:policy/Bound".into());
    let world = run(&world, Command::PutPermissionsBoundary { holder, arn });
    let case = Case::new(world, user(example::ADMINISTRATOR), "s3:ListAllMyBuckets", "*");
    let told = told(&case.graph());
    assert!(told.contains(&"! Administrator bounded by Bound".to_owned()), "{told:?}");
    assert!(told.contains(&"! Bound ListAllMyBuckets on *".to_owned()), "{told:?}");
    assert!(told.contains(&"AdministratorAccess ListAllMyBuckets on *".to_owned()), "{told:?}");
}

#[test]
fn the_whole_world_has_every_object_once() {
    let world = example::primer();
    let case = Case::new(world.clone(), user(example::ADMINISTRATOR), "s3:ListAllMyBuckets", "*");
    let graph = of_world(account(&world), Some(&case.graph()));
    let told = told(&graph);
    for relation in [
        "! Administrator member of Administrators",
        "! Administrators attached AdministratorAccess",
        "TableMaker inline CreateTables",
        "CreateTables CreateTable on table/Orders",
        "RedshiftLoader trusts redshift.amazonaws.com",
        "ReadSales ListBucket on example-sales",
        "ReadSales GetObject on example-sales",
    ] {
        assert!(told.contains(&relation.to_owned()), "{relation}: {told:#?}");
    }
    let picture = check(&graph);
    let tray: Vec<&str> = picture.tray.iter().map(|node| graph.nodes[*node].name.as_str()).collect();
    assert_eq!(tray, ["root user", "instance/i-0123456789abcdef0", "cluster:sales"]);
}

/// An account with users, groups, roles and policies.
fn crowd(users: usize, policies: usize) -> World {
    let mut world = example::empty("Crowd");
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
    for number in 0..policies {
        let (name, path, description) = (format!("policy-{number}").into(), "/".into(), "".into());
        world = run(&world, Command::CreatePolicy { name, path, description, text: text.into() });
    }
    for number in 0..10 {
        world = run(&world, Command::CreateGroup { name: format!("group-{number}").into(), path: "/".into() });
        let arn = format!("arn:aws:iam::123456789012:policy/policy-{}", number * 3 % policies).into();
        world = run(&world, Command::AttachPolicy { holder: Holder::Group(format!("group-{number}").into()), arn });
    }
    for number in 0..users {
        let name: std::sync::Arc<str> = format!("user-{number}").into();
        world = run(&world, Command::CreateUser { name: name.clone(), path: "/".into(), tags: Vec::new() });
        world =
            run(&world, Command::AddUserToGroup { user: name.clone(), group: format!("group-{}", number % 10).into() });
        let arn = format!("arn:aws:iam::123456789012:policy/policy-{}", number * 7 % policies).into();
        world = run(&world, Command::AttachPolicy { holder: Holder::User(name), arn });
    }
    world
}

#[test]
fn beyond_the_budget_policies_are_counted_at_their_holders() {
    let graph = of_world(account(&crowd(180, 100)), None);
    assert!(graph.nodes.len() > 250 && graph.nodes.len() <= MOST_NODES, "{}", graph.nodes.len());
    check(&graph);
    let graph = of_world(account(&crowd(250, 100)), None);
    assert!(graph.nodes.iter().all(|node| !matches!(node.subject, Subject::Policy(_))));
    assert!(graph.nodes.iter().any(|node| node.note == "user, 1 policy"));
}

#[test]
fn however_many_there_are_the_picture_keeps_its_budget() {
    let world = crowd(1_000, 100);
    let case = Case::new(world.clone(), user("user-7"), "s3:ListAllMyBuckets", "*");
    let graph = of_world(account(&world), Some(&case.graph()));
    assert!(graph.nodes.len() <= MOST_NODES, "{}", graph.nodes.len());
    let told = told(&graph);
    assert!(
        told.contains(&"! user-7 member of group-7".to_owned())
            || told.contains(&"user-7 member of group-7".to_owned())
    );
    assert!(told.contains(&"100 users member of group-3".to_owned()), "{told:#?}");
    assert!(told.contains(&"99 users member of group-7".to_owned()), "who is asked about stands alone: {told:#?}");
    check(&graph);
    // Nobody has the same groups as somebody else.
    let mut world = example::empty("Groups");
    for number in 0..290 {
        let name: std::sync::Arc<str> = format!("user-{number}").into();
        let group: std::sync::Arc<str> = format!("group-{number}").into();
        world = run(&world, Command::CreateGroup { name: group.clone(), path: "/".into() });
        world = run(&world, Command::CreateUser { name: name.clone(), path: "/".into(), tags: Vec::new() });
        world = run(&world, Command::AddUserToGroup { user: name, group });
    }
    let graph = of_world(account(&world), None);
    assert!(graph.nodes.len() <= MOST_NODES, "{}", graph.nodes.len());
    let counted = |shape: Shape| -> Vec<&str> {
        let of_shape = |node: &&super::Node| matches!(&node.subject, Subject::Several(known, _) if *known == shape);
        graph.nodes.iter().filter(of_shape).map(|node| node.name.as_str()).collect()
    };
    let drawn = |name: &str| graph.nodes.iter().filter(|node| node.name.starts_with(name)).count();
    let users = format!("{} more users", 290 - drawn("user-"));
    let groups = format!("{} more groups", 290 - drawn("group-"));
    assert_eq!((counted(Shape::User), counted(Shape::Group)), (vec![users.as_str()], vec![groups.as_str()]));
    check(&graph);
}

/// Ann's account, and another one with a role that trusts hers or not.
fn abroad(permission: bool, trust: bool) -> World {
    let other = AccountId::parse("111122223333").expect("an account id");
    let mut world = guest(permission, true);
    let mut there = example::empty_account(other.clone(), "Other", "other@example.com");
    let mut role = account(&world).roles.get("Guest").expect("the role").clone();
    if !trust {
        role.trust = guest_trust(false);
    }
    there.roles = std::iter::once(role).collect();
    world.accounts.insert(other, there.into());
    world
}

#[test]
fn a_role_of_another_account_needs_both_sides() {
    for (permission, trust) in [(true, true), (true, false), (false, true), (false, false)] {
        let case =
            Case::new(abroad(permission, trust), user("Ann"), "sts:AssumeRole", "arn:aws:iam::111122223333:role/Guest");
        assert_eq!(case.trace.decision.verdict == Verdict::Allowed, permission && trust);
        let graph = case.graph();
        let sides: Vec<(Option<Says>, Reason)> =
            graph.edges.iter().filter_map(|edge| edge.half.map(|half| (edge.says, half.reason))).collect();
        let side = |there| {
            if there { (Some(Says::Allow), Reason::Allowed) } else { (Some(Says::Silent), Reason::NothingAllows) }
        };
        assert_eq!(sides, [side(permission), side(trust)], "{permission} {trust}");
        let role = graph.nodes.iter().find(|node| node.name == "Guest").expect("the role");
        assert_eq!((role.shape(), role.note.as_str()), (Shape::Role, "role of 111122223333"));
        check(&graph);
    }
}

/// A world whose account stands in an organization with a control policy that denies.
fn controlled(world: World, action: &str) -> World {
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"Never","Effect":"Deny","Action":"{action}","Resource":"*"}}]}}"#
    );
    let deny = ControlPolicy { name: "Guard".into(), kind: ControlKind::Service, text: text.into() };
    let policies: Named<ControlPolicy> = std::iter::once(deny).collect();
    let organization = Organization {
        id: "o-exampleorgid".into(),
        root: "r-exam".into(),
        management: AccountId::parse("111122223333").expect("an account id"),
        units: BTreeMap::new(),
        places: BTreeMap::from([(AccountId::example(), "r-exam".into())]),
        policies,
        attached: BTreeMap::from([("r-exam".into(), vec!["FullAWSAccess".into(), "Guard".into()])]),
    };
    World { organization: Some(organization.into()), ..world }
}

#[test]
fn a_control_policy_that_denies_is_on_the_path() {
    let world = controlled(example::primer(), "s3:*");
    let case = Case::new(world, user(example::ADMINISTRATOR), "s3:ListAllMyBuckets", "*");
    assert_eq!(case.trace.decision.verdict, Verdict::ExplicitlyDenied);
    let graph = case.graph();
    let mut path: Vec<String> = told(&graph).into_iter().filter(|edge| edge.starts_with('!')).collect();
    path.sort();
    assert_eq!(
        path,
        ["! Administrator limited by Guard", "! Guard says Never", "! Never ListAllMyBuckets on *"].map(str::to_owned)
    );
    check(&graph);
    // So it is where a role is assumed: permission is denied, and trust is there.
    let case = Case::new(controlled(guest(true, true), "sts:*"), user("Ann"), "sts:AssumeRole", ROLE);
    let graph = case.graph();
    let told = told(&graph);
    assert!(told.contains(&"! Ann limited by Guard".to_owned()), "{told:#?}");
    let sides: Vec<Option<Says>> =
        graph.edges.iter().filter(|edge| edge.half.is_some()).map(|edge| edge.says).collect();
    assert_eq!(sides, [Some(Says::Deny), Some(Says::Allow)]);
    check(&graph);
}

#[test]
fn who_has_no_policies_needs_no_permission() {
    let service = PrincipalRef::Service("ec2.amazonaws.com".into());
    for trust in [true, false] {
        let case = Case::new(guest(false, !trust), service.clone(), "sts:AssumeRole", ROLE);
        let graph = case.graph();
        let reasons: Vec<Reason> = graph.edges.iter().filter_map(|edge| edge.half.map(|half| half.reason)).collect();
        assert_eq!(reasons, [Reason::NoPolicies, if trust { Reason::Allowed } else { Reason::NothingAllows }]);
        check(&graph);
    }
}

#[test]
fn downwards_the_arrow_keys_go_down_along_edges() {
    let case = Case::new(example::primer(), user(example::ADMINISTRATOR), "s3:ListAllMyBuckets", "*");
    let graph = case.graph();
    let (right, down) = (layout(&graph, Way::Right), layout(&graph, Way::Down));
    assert!(down.width < 320 && down.width < right.width, "{} and {}", down.width, right.width);
    let first = |picture: &Picture| picture.nodes.iter().find(|placed| placed.node == 0).expect("the caller").beside;
    let [_, to_right, ..] = first(&right);
    let [.., to_down] = first(&down);
    assert!(to_right.is_some());
    assert_eq!(to_right, to_down);
}

#[test]
fn a_mark_on_what_is_carried_is_read_again() {
    for carried in [Carried::Policy("arn:aws:iam::aws:policy/ReadOnlyAccess".into()), Carried::User("Ann Lee".into())] {
        assert_eq!(Carried::of_key(&carried.key()), Some(carried));
    }
    assert_eq!(Carried::of_key("group Admins"), None);
}

/// A figure of a picture that a fresh process must find again.
#[test]
fn the_picture_is_the_same_in_every_process() {
    let graph = of_world(account(&crowd(60, 30)), None);
    let picture = check(&graph);
    let sum = picture.nodes.iter().fold(0u64, |sum, placed| {
        let place = u64::from(placed.x.unsigned_abs()) << 20 | u64::from(placed.y.unsigned_abs());
        sum.wrapping_mul(1_000_003).wrapping_add(place)
    });
    assert_eq!(sum, 2_924_937_860_791_441_186);
}
