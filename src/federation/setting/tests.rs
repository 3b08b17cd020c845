use super::*;
use crate::model::FULL_AWS_ACCESS_TEXT;

/// EVAL-31: every node has FullAWSAccess at first, that of an account that joins too.
#[test]
fn an_account_that_is_limited_joins_the_organization() {
    let mut setting = Setting::new(example::primer(), AccountId::example(), ("", Time(0)));
    setting.control(ControlKind::Service, "One", FULL_AWS_ACCESS_TEXT);
    setting.account("999988887777", "Vendor");
    setting.control(ControlKind::Service, "Other", FULL_AWS_ACCESS_TEXT);
    let (world, _) = setting.done();
    let organization = world.organization.expect("an organization");
    let vendor = AccountId::parse("999988887777").expect("an account");
    assert_eq!(organization.places.get(&vendor), Some(&organization.root));
    let on_vendor = organization.attached.get("999988887777").map(|names| names.iter().map(|name| &**name).collect());
    assert_eq!(on_vendor, Some(vec![FULL_AWS_ACCESS, "Other"]));
}

/// What AWS would refuse is not there, and nobody is told that it was added.
#[test]
fn what_cannot_be_made_was_not_added() {
    let mut setting = Setting::new(example::primer(), AccountId::example(), ("", Time(0)));
    assert!(!setting.role("no name", "", "{}", &[]));
    setting.user("no name", &[]);
    setting.oidc_provider("", &[]);
    let (world, added) = setting.done();
    assert_eq!((added, world), (Vec::<String>::new(), example::primer()));
}

#[test]
fn what_is_there_stays_as_it_is() {
    let mut setting = Setting::new(example::primer(), AccountId::example(), ("", Time(0)));
    assert!(!setting.role("RedshiftLoader", "", "{}", &[]));
    assert!(!setting.resource("arn:aws:s3:::example-sales", ResourceKind::Bucket, None));
    let (world, added) = setting.done();
    assert_eq!((added, world), (Vec::<String>::new(), example::primer()));
}
