//! The reasons: gates as a circuit, and a cell of the table from near.

use iam_playground::app::state::{Event, Selection};
use iam_playground::model::{Holder, PolicyRef, PrincipalRef, example};
use iam_playground::text::Span;

use crate::page::{Page, Rendered};
use crate::{DENY, inline, user};

fn asks(who: Event, action: &str, resource: &str) -> Page {
    Page::loaded().on(who).on(Event::ActionTyped(action.to_owned())).on(Event::ResourceTyped(resource.to_owned()))
}

/// What comes before the letter `<` of every gate's name.
fn gates(page: &Rendered) -> Vec<String> {
    page.text_of("gate__name")
}

#[test]
fn inside_one_account_the_two_policies_that_may_allow_stand_on_two_tracks() {
    let page = Page::loaded().render();
    assert_eq!(page.attributes_within("frames", "data-kind"), ["either"]);
    assert_eq!(page.text_of("frames__join"), ["or"]);
    assert_eq!(
        page.text_of("gates__circuit"),
        ["Inside one account the resource policy or an identity policy is enough. All other gates must let through."]
    );
    let frames = page.text_of("frames");
    assert!(frames.concat().contains("Resource policy") && frames.concat().contains("Identity policies"), "{frames:?}");
    assert!(!frames.concat().contains("Permissions boundary"), "a boundary limits both: {frames:?}");
}

#[test]
fn across_accounts_each_account_has_a_frame_and_both_must() {
    let page =
        asks(user(example::TABLE_MAKER), "dynamodb:CreateTable", "arn:aws:dynamodb:us-east-1:111122223333:table/Music")
            .render();
    assert_eq!(page.attributes_within("frames", "data-kind"), ["both"]);
    assert_eq!(page.text_of("frames__name"), ["Account 123456789012 (caller)", "Account 111122223333 (owner)"]);
    assert_eq!(page.text_of("frames__join"), ["and"]);
    assert_eq!(
        gates(&page),
        [
            "Explicit deny",
            "VPC endpoint policy",
            "Service control policies",
            "Identity policies",
            "Permissions boundary",
            "Session policies",
            "Resource control policies",
            "Resource policy"
        ]
    );
    let details = page.text_of("gate__detail").concat();
    assert!(details.contains("across accounts the owner's side must allow"), "{details}");
}

#[test]
fn the_policy_of_a_role_is_a_trust_policy_and_stands_alone_for_a_service() {
    let service = Event::PrincipalChosen(PrincipalRef::Service("ec2.amazonaws.com".into()));
    let role = format!("arn:aws:iam::123456789012:role/{}", example::REDSHIFT_LOADER);
    let page = asks(service, "sts:AssumeRole", &role).render();
    assert!(gates(&page).contains(&"Trust policy of role RedshiftLoader".to_owned()), "{:?}", gates(&page));
    assert_eq!(
        page.text_of("gates__circuit"),
        ["This caller has no policies of its own: the trust policy alone can allow."]
    );
    assert!(
        page.text_of("verdict__sentence").concat().contains("the trust policy of role RedshiftLoader does not allow")
    );
    assert!(!page.html.contains("Resource policy"), "nothing calls it otherwise");
}

#[test]
fn a_deny_leads_to_where_it_stands() {
    let page = Page::loaded().on(inline(example::ADMINISTRATOR, DENY)).render();
    let sweep = page.text_of("gate__detail").swap_remove(0);
    assert!(sweep.contains("It stands in an identity policy."), "{sweep}");
    assert!(page.html.contains("gate-head-identity"), "what the link goes to");
    assert!(!Page::loaded().render().html.contains("It stands in"));
}

fn resource_cell(page: &Page) -> Event {
    let policy = PolicyRef::Inline { holder: Holder::User(example::TABLE_MAKER.into()), name: "CreateTables".into() };
    let text = page.text(&policy);
    let start = text.find("\"arn:").expect("the resource");
    let end = start + 1 + text[start + 1..].find('"').expect("its end") + 1;
    Event::Selected(Selection { policy, span: Span::new(start, end) })
}

#[test]
fn a_pressed_cell_lays_policy_and_request_side_by_side() {
    let page = asks(
        user(example::TABLE_MAKER),
        "dynamodb:CreateTable",
        "arn:aws:dynamodb:us-east-1:123456789012:backup/Music",
    );
    assert!(page.render().text_of("near").is_empty(), "nothing is pressed");
    let pressed = page.on(resource_cell(&page));
    let shown = pressed.render();
    assert_eq!(
        shown.text_of("near__heading"),
        ["This statement does not allow it, because its Resource does not match."]
    );
    assert_eq!(shown.text_of("near__here"), ["differs here"]);
    let words = shown.text_of("near__pair").concat();
    assert!(words.contains("they differ at character 41: backup instead of table"), "{words}");
    assert!(pressed.on(Event::Unselected).render().text_of("near").is_empty(), "pressed again");
}

#[test]
fn a_selection_elsewhere_opens_no_cell() {
    let page = asks(
        user(example::TABLE_MAKER),
        "dynamodb:CreateTable",
        "arn:aws:dynamodb:us-east-1:123456789012:backup/Music",
    );
    let policy = PolicyRef::Inline { holder: Holder::User(example::TABLE_MAKER.into()), name: "CreateTables".into() };
    let shown = page.on(Event::Selected(Selection { policy, span: Span::new(0, 1) })).render();
    assert!(shown.text_of("near").is_empty());
}
