//! The page as text: what people and screen readers are told.

mod page;
mod why;

use iam_playground::app::state::{AttachTo, Attaching, DataFile, Dialog, Event, Selection, Tab};
use iam_playground::model::{Command, Holder, PolicyRef, PrincipalRef, example};
use iam_playground::text::Span;

use page::Page;

const DENY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "NoBuckets", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}"#;

fn user(name: &str) -> Event {
    Event::PrincipalChosen(PrincipalRef::User(name.into()))
}

fn holder(name: &str) -> Holder {
    Holder::User(name.into())
}

fn leave_the_group() -> Event {
    Event::Changed(Command::RemoveUserFromGroup {
        user: example::ADMINISTRATOR.into(),
        group: example::ADMINISTRATORS.into(),
    })
}

fn inline(name: &str, text: &str) -> Event {
    Event::InlineBegun { holder: holder(name), name: "Inline".into(), text: text.into() }
}

fn attach_dialog() -> Event {
    Event::DialogOpened(Dialog::Attach(Attaching::new(AttachTo::Permissions(holder(example::TABLE_MAKER)))))
}

#[test]
fn the_page_opens_with_an_answer_in_one_sentence() {
    let page = Page::loaded().render();
    assert_eq!(page.attribute("data-verdict"), ["allowed"]);
    assert_eq!(page.text_of("verdict__sentence"), ["Allowed, by AdministratorAccess, through group Administrators."]);
}

#[test]
fn what_nobody_allowed_never_looks_like_what_somebody_denied() {
    let implicit = Page::loaded().on(leave_the_group()).render();
    assert_eq!(implicit.attribute("data-verdict"), ["implicitly-denied"]);
    assert!(!implicit.html.contains("explicitly-denied"));
    assert!(!implicit.html.contains(r#"data-state="stop""#));
    assert!(implicit.html.contains("stroke-dasharray"), "the sign is hollow and dashed");

    let explicit = Page::loaded().on(inline(example::ADMINISTRATOR, DENY)).render();
    assert_eq!(explicit.attribute("data-verdict"), ["explicitly-denied"]);
    assert!(!explicit.html.contains("implicitly-denied"));
    assert_eq!(explicit.text_of("verdict__word"), ["Explicitly denied"]);
}

#[test]
fn a_denial_comes_with_the_words_of_aws_and_an_allow_without() {
    let denied = Page::loaded().on(leave_the_group()).render();
    let expected = "User: arn:aws:iam::123456789012:user/Administrator is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action";
    assert_eq!(denied.text_of("verdict__aws"), [expected]);
    assert!(Page::loaded().render().text_of("verdict__aws").is_empty());
}

#[test]
fn the_first_failing_element_is_filled_and_later_ones_are_not_needed() {
    let page = Page::loaded().on(user(example::TABLE_MAKER)).render();
    assert_eq!(page.attribute("data-first-failing"), ["Action"]);
    let states = page.attributes_within("statement__cells", "data-state");
    assert_eq!(states, ["plain", "failing", "unneeded", "plain"]);
}

#[test]
fn a_resource_that_differs_fails_after_an_action_that_matches() {
    let page = Page::loaded()
        .on(user(example::TABLE_MAKER))
        .on(Event::ActionTyped("dynamodb:CreateTable".to_owned()))
        .on(Event::ResourceTyped("arn:aws:dynamodb:us-east-1:123456789012:backup/Music".to_owned()))
        .render();
    assert_eq!(page.attributes_within("statement__cells", "data-state"), ["plain", "matching", "failing", "plain"]);
}

#[test]
fn the_column_for_principals_is_there_only_when_a_statement_names_one() {
    let page = Page::loaded().render();
    assert_eq!(page.text_of("statements__head"), ["EffectActionResourceConditionResult"]);
}

#[test]
fn the_gates_stand_in_the_order_of_the_engine_with_a_word_each() {
    let page = Page::loaded().render();
    let states = page.text_of("gate__state");
    assert_eq!(states, ["open", "none", "none", "none", "none", "open", "none", "none"]);
    assert_eq!(page.attribute("data-decisive").iter().filter(|decisive| *decisive == "true").count(), 1);
}

#[test]
fn the_deciding_statement_is_marked_in_words_too() {
    let page = Page::loaded().render();
    assert_eq!(page.html.matches("Deciding statement begins.").count(), 1);
    let near = Page::loaded().on(user(example::TABLE_MAKER)).render();
    assert_eq!(near.html.matches("Nearest statement begins.").count(), 1);
}

#[test]
fn a_selected_cell_is_highlighted_in_the_json() {
    let policy = PolicyRef::Attached {
        holder: Holder::Group(example::ADMINISTRATORS.into()),
        arn: example::ADMINISTRATOR_ACCESS.into(),
    };
    let text = "\"Action\": \"*\"";
    let page = Page::loaded();
    let at = page.text(&policy).find(text).expect("the action");
    let page = page.on(Event::Selected(Selection { policy, span: Span::new(at, at + text.len()) })).render();
    assert_eq!(page.text_of("json__selected").concat(), text);
}

#[test]
fn a_large_policy_stays_a_handful_of_text_nodes() {
    let mut page = Page::loaded().on(user(example::TABLE_MAKER));
    page.attach(example::TABLE_MAKER, "ReadOnlyAccess");
    let page = page.render();
    assert_eq!(page.attribute("data-verdict"), ["allowed"]);
    assert!(page.html.matches("<mark").count() < 10);
}

#[test]
fn two_attachments_of_one_policy_are_two_policies() {
    let mut page = Page::loaded();
    page.attach(example::ADMINISTRATOR, "AdministratorAccess");
    let page = page.render();
    assert_eq!(page.text_of("policy-list__via"), ["attached directly", "through group Administrators"]);
}

#[test]
fn text_that_makes_no_question_says_what_is_still_answered() {
    let page = Page::loaded().on(Event::ActionTyped("s3".to_owned())).render();
    assert_eq!(page.attribute("data-verdict"), ["allowed"]);
    assert_eq!(
        page.text_of("question__problem--invalid"),
        ["s3 names no service: write service:Action, such as s3:GetObject."]
    );
    assert_eq!(
        page.text_of("verdict__stale"),
        ["What is being typed makes no question yet. This still answers s3:ListAllMyBuckets on *."]
    );
    assert!(page.html.contains(r#"aria-invalid="true""#));
}

#[test]
fn a_trust_policy_is_read_by_its_own_grammar() {
    let role = format!("arn:aws:iam::123456789012:role/{}", example::MOBILE_APP);
    let page = Page::loaded().on(Event::PolicyShown(PolicyRef::Trust { role: role.as_str().into() })).render();
    assert!(page.html.contains("accounts.google.com:aud"), "the trust policy is shown");
    assert!(page.text_of("finding__place").is_empty(), "{:?}", page.text_of("finding__place"));
}

#[test]
fn text_that_is_not_json_has_one_place_and_the_last_answer_stays() {
    let policy = PolicyRef::Inline { holder: holder(example::TABLE_MAKER), name: "CreateTables".into() };
    let page = Page::loaded()
        .on(user(example::TABLE_MAKER))
        .on(Event::EditingBegun(policy.clone()))
        .on(Event::PolicyTyped(policy, "{\n  \"Version\" \"2012-10-17\"\n}".into()))
        .render();
    assert_eq!(page.attribute("data-verdict"), ["implicitly-denied"]);
    assert_eq!(page.text_of("finding__place"), ["[Ln 2, Col 13]"]);
    assert_eq!(
        page.text_of("findings__kept"),
        ["AWS would not save this text. The last good version keeps answering."]
    );
}

#[test]
fn a_structure_that_aws_would_not_save_is_listed_and_the_last_good_version_answers() {
    let policy = PolicyRef::Inline { holder: holder(example::TABLE_MAKER), name: "CreateTables".into() };
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Perhaps"}]}"#;
    let page = Page::loaded().on(user(example::TABLE_MAKER)).on(Event::PolicyTyped(policy, text.into())).render();
    assert_eq!(page.attribute("data-verdict"), ["implicitly-denied"]);
    assert!(!page.text_of("finding__place").is_empty());
    assert!(page.text_of("findings__kept").concat().contains("the last good version, which keeps answering"));
}

#[test]
fn a_file_that_did_not_load_says_so_with_the_next_step() {
    let failed = Event::FileArrived(DataFile::ManagedIndex, Err("No answer for `data/managed/index.txt`.".to_owned()));
    let page = Page::opening().on(failed).render();
    assert!(page.attribute("data-verdict").is_empty());
    let notice = page.text_of("notice").concat();
    assert!(notice.contains("There is no answer yet: the list of AWS managed policies did not load."), "{notice}");
    assert!(notice.contains("Load it again"), "{notice}");
}

#[test]
fn a_long_list_draws_only_its_beginning() {
    let page = Page::loaded().on(attach_dialog()).render();
    assert_eq!(page.html.matches(r#"id="attach-option-"#).count(), 50);
    assert_eq!(page.text_of("attach__count"), ["1,216 policies"]);
    assert_eq!(page.text_of("attach__more"), ["Show 50 more"]);
}

#[test]
fn what_is_attached_already_is_said_in_the_list() {
    let dialog = Dialog::Attach(Attaching::new(AttachTo::Permissions(Holder::Group(example::ADMINISTRATORS.into()))));
    let page = Page::loaded().on(Event::DialogOpened(dialog)).render();
    assert_eq!(page.text_of("option__hint").iter().filter(|hint| *hint == "attached already").count(), 1);
}

#[test]
fn a_key_that_was_taken_out_is_absent_and_not_empty() {
    let page = Page::loaded().on(Event::WhenToggled).on(Event::ContextSet("aws:SourceIp".to_owned(), None)).render();
    assert_eq!(page.text_of("when__absent"), ["absent"]);
    assert!(page.html.contains("12 values, 1 changed"));
}

#[test]
fn a_key_that_a_statement_asks_for_in_vain_is_offered() {
    let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}}"#;
    let page =
        Page::loaded().on(user(example::TABLE_MAKER)).on(inline(example::TABLE_MAKER, text)).on(Event::WhenToggled);
    let shown = page.render();
    assert!(shown.text_of("when__missing").concat().contains("+ aws:MultiFactorAuthPresent"));
    let added = page.on(Event::ContextSet("aws:MultiFactorAuthPresent".to_owned(), Some("true".to_owned()))).render();
    assert_eq!(added.attribute("data-verdict"), ["allowed"]);
}

#[test]
fn a_refused_change_is_an_alert() {
    let command =
        Command::DetachPolicy { holder: holder(example::TABLE_MAKER), arn: example::ADMINISTRATOR_ACCESS.into() };
    let page = Page::loaded().on(Event::Changed(command)).render();
    assert!(page.text_of("notice").concat().starts_with("NoSuchEntity"));
}

#[test]
fn ids_are_unique() {
    let page =
        Page::loaded().on(Event::WhenToggled).on(inline(example::ADMINISTRATOR, DENY)).on(attach_dialog()).render();
    let mut ids = page.attribute("id");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn a_trial_shows_the_answer_before_and_what_can_be_switched_off() {
    use iam_playground::eval::LayerKind;
    use iam_playground::eval::situation::Part;
    let page = Page::loaded().on(Event::Switched(Part::Layer(LayerKind::Identity))).render();
    assert_eq!(page.text_of("verdict__word"), ["Implicitly denied"]);
    assert_eq!(page.text_of("trial__was"), ["Before: Allowed"]);
    assert!(page.html.contains("Switch on: Identity policies"));
}

#[test]
fn a_broken_pin_names_the_step() {
    let page = Page::loaded().on(Event::Pinned).on(leave_the_group()).on(Event::TabShown(Tab::Pinned)).render();
    assert_eq!(page.text_of("pins__hint"), ["0 of 1 hold, 1 broken"]);
    assert_eq!(page.text_of("pin__broken"), ["Broken by: Remove Administrator from Administrators"]);
}
