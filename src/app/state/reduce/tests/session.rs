//! Whoever has signed in, and what learning lets them do.

use super::*;

fn create_user() -> Event {
    Event::Changed(Command::CreateUser { name: "New".into(), path: "/".into(), tags: Vec::new() })
}

#[test]
fn while_learning_only_that_is_changed_which_policies_allow() {
    let mut session = Session::loaded();
    session.on(Event::LearnToggled);
    session.on(create_user());
    assert!(session.0.view.refusal.as_ref().is_some_and(|words| words.starts_with("Nobody has signed in.")));

    session.on(Event::ActedAs(PrincipalRef::User(example::TABLE_MAKER.into())));
    session.on(create_user());
    let refusal = session.0.view.refusal.clone().expect("a refusal");
    assert!(refusal.contains("user/TableMaker is not authorized to perform: iam:CreateUser"), "{refusal}");
    let why = session.0.view.refused.clone().expect("a question");
    session.on(Event::QuestionAsked(why));
    assert_eq!((session.verdict(), &*session.0.asked.actions.text), (Verdict::ImplicitlyDenied, "iam:CreateUser"));
    assert_eq!(session.0.asked.resource.text, "arn:aws:iam::123456789012:user/New");

    session.on(Event::ActedAs(PrincipalRef::User(example::ADMINISTRATOR.into())));
    session.on(create_user());
    assert!(session.0.account().users.contains("New"));
}

/// CON-58, CON-68: the root user opens billing, and it still takes a policy.
#[test]
fn billing_is_closed_then_open_to_those_with_a_policy() {
    let mut session = Session::loaded();
    session.on(Event::ActionTyped("aws-portal:ViewBilling".to_owned()));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied, "for the administrator too");
    session.on(Event::LearnToggled);
    let open = || Event::Changed(Command::SetBillingAccess { active: true });
    session.on(Event::ActedAs(PrincipalRef::User(example::ADMINISTRATOR.into())));
    session.on(open());
    assert!(session.0.view.refusal.as_ref().is_some_and(|words| words.starts_with("Only the root user")));
    session.on(Event::ActedAs(PrincipalRef::Root));
    session.on(open());
    session.on(Event::PrincipalChosen(PrincipalRef::User(example::ADMINISTRATOR.into())));
    assert_eq!(session.verdict(), Verdict::Allowed);
    session.on(Event::PrincipalChosen(PrincipalRef::User(example::TABLE_MAKER.into())));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
}

#[test]
fn whoever_signs_in_is_asked_about_and_one_that_is_refused_is_not_signed_in() {
    let signs_in = |user: &str, device: &str| {
        let of = SignsIn::User(user.into());
        let removes = || Command::DeactivateMfaDevice { of, name: device.into() };
        let commands: Vec<Command> = if device.is_empty() { Vec::new() } else { vec![removes()] };
        Event::SignedIn {
            principal: PrincipalRef::User(user.into()),
            proof: Default::default(),
            commands: commands.into(),
        }
    };
    let mut session = Session::loaded();
    session.on(signs_in(example::TABLE_MAKER, "none"));
    assert!(session.0.asked.signed_in.is_none() && session.0.view.refusal.is_some());
    session.on(signs_in(example::TABLE_MAKER, ""));
    let maker = PrincipalRef::User(example::TABLE_MAKER.into());
    assert_eq!(
        (session.0.asked.signed_in.as_ref().map(|signed_in| &signed_in.principal), &session.0.asked.principal),
        (Some(&maker), &maker)
    );
}
