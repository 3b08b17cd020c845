//! What can go wrong.

use super::policies::{self, PROVIDER, ROLE, SET};
use super::{CLI, CONSOLE};
use crate::eval::LayerKind;
use crate::federation::flow::{Expect, Fault};
use crate::federation::flows::parts::{DENY_S3, denied, refused};
use crate::federation::setting::Setting;
use crate::model::{Command, ControlKind, Holder};

const OF_CONSOLE: &[&str] = &[CONSOLE];
const OF_CLI: &[&str] = &[CLI];

const NO_ACCESS: Expect = refused("choose", "ForbiddenException", "ERR-193");

/// What the trust policy of the role refuses, as Identity Center tells it.
const fn forbidden(layer: LayerKind) -> Expect {
    Expect { step: "trust", code: "ForbiddenException", layer: Some(layer), fact: "ERR-193" }
}

fn without_provider(setting: &mut Setting) {
    setting.run(&Command::DeleteProvider { name: PROVIDER.into() });
}

fn without_role(setting: &mut Setting) {
    setting.run(&Command::DeleteInlinePolicy { holder: Holder::Role(ROLE.into()), name: SET.into() });
    setting.run(&Command::DeleteRole { name: ROLE.into() });
}

fn only_one_provider(setting: &mut Setting) {
    setting.control(ControlKind::Resource, "OnlyOurProvider", policies::ONLY_ONE_PROVIDER);
}

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        id: "not-assigned",
        title: "The person is not assigned",
        whose: "administrator",
        cause: "Nobody has assigned the permission set in this account to the person or to a group of theirs.",
        fix: "Assign it in Identity Center; nothing in the account helps.",
        only: &[],
        set: &[("assigned", "no")],
        world: None,
        expect: NO_ACCESS,
    },
    Fault {
        id: "wrong-set",
        title: "The profile names the role",
        whose: "person",
        cause: "`sso_role_name` is the name of the permission set, and the profile has that of the role in the account.",
        fix: "Write `SalesReader`.",
        only: OF_CLI,
        set: &[("set", "AWSReservedSSO_SalesReader_0a1b2c3d4e5f6789")],
        world: None,
        expect: NO_ACCESS,
    },
    Fault {
        id: "portal-ended",
        title: "The portal session has ended",
        whose: "person",
        cause: "The sign-in was nine hours ago, and a portal session lasts eight.",
        fix: "Sign in again.",
        only: &[],
        set: &[("pause", "32400")],
        world: None,
        expect: refused("choose", "UnauthorizedException", "ERR-193"),
    },
    Fault {
        id: "old-client",
        title: "The registration is too old",
        whose: "program",
        cause: "The program keeps its registration in a file, and the ninety days are over.",
        fix: "Register again.",
        only: OF_CLI,
        set: &[("client", "old")],
        world: None,
        expect: refused("device", "InvalidClientException", "ERR-194"),
    },
    Fault {
        id: "too-often",
        title: "The program asks too often",
        whose: "program",
        cause: "It does not wait as long as the answer to StartDeviceAuthorization says.",
        fix: "Wait `interval` seconds, and some more after each SlowDownException.",
        only: OF_CLI,
        set: &[("interval", "0")],
        world: None,
        expect: refused("poll", "SlowDownException", "ERR-194"),
    },
    Fault {
        id: "too-late",
        title: "The person agrees too late",
        whose: "person",
        cause: "A code is good for ten minutes.",
        fix: "Begin anew with `aws sso login`.",
        only: OF_CLI,
        set: &[("approval", "900")],
        world: None,
        expect: refused("token", "ExpiredTokenException", "ERR-194"),
    },
    Fault {
        id: "not-agreed",
        title: "The person does not agree",
        whose: "person",
        cause: "Somebody sees a code that is not on their own screen, and rightly denies it.",
        fix: "Nothing to mend: this is what the code is for.",
        only: OF_CLI,
        set: &[("answer", "deny")],
        world: None,
        expect: refused("token", "AccessDeniedException", "ERR-194"),
    },
    Fault {
        id: "stale",
        title: "The assertion is too old",
        whose: "person",
        cause: "The browser brought the assertion ten minutes after it was made, and it is good for five.",
        fix: "Choose the permission set again.",
        only: OF_CONSOLE,
        set: &[("stale", "600")],
        world: None,
        expect: refused("verify", "ExpiredTokenException", "ERR-56"),
    },
    Fault {
        id: "no-provider",
        title: "Somebody deleted the SAML provider",
        whose: "administrator",
        cause: "Identity Center made the provider in the account; its name says not to delete it, and it is gone.",
        fix: "Have Identity Center provision the permission set again.",
        only: OF_CONSOLE,
        set: &[],
        world: Some(without_provider),
        expect: refused("verify", "InvalidIdentityToken", "ERR-88"),
    },
    Fault {
        id: "no-provider",
        title: "Somebody deleted the SAML provider",
        whose: "administrator",
        cause: "Identity Center made the provider in the account; its name says not to delete it, and it is gone.",
        fix: "Have Identity Center provision the permission set again.",
        only: OF_CLI,
        set: &[],
        world: Some(without_provider),
        expect: refused("verify", "ForbiddenException", "ERR-193"),
    },
    Fault {
        id: "no-role",
        title: "The role is gone from the account",
        whose: "administrator",
        cause: "The role of the permission set was taken out of the account behind Identity Center's back.",
        fix: "Have Identity Center provision the permission set again; the role gets another suffix then.",
        only: OF_CONSOLE,
        set: &[],
        world: Some(without_role),
        expect: denied("trust", LayerKind::Resource, "ERR-82"),
    },
    Fault {
        id: "no-role",
        title: "The role is gone from the account",
        whose: "administrator",
        cause: "The role of the permission set was taken out of the account behind Identity Center's back.",
        fix: "Have Identity Center provision the permission set again; the role gets another suffix then.",
        only: OF_CLI,
        set: &[],
        world: Some(without_role),
        expect: forbidden(LayerKind::Resource),
    },
    Fault {
        id: "control-policy",
        title: "The organization takes one SAML provider only",
        whose: "organization",
        cause: "A resource control policy denies roles to assertions of any other issuer, and forgets that Identity Center is one.",
        fix: "Name the issuer of Identity Center in the policy too.",
        only: OF_CONSOLE,
        set: &[],
        world: Some(only_one_provider),
        expect: denied("trust", LayerKind::ResourceControl, "ERR-82"),
    },
    Fault {
        id: "control-policy",
        title: "The organization takes one SAML provider only",
        whose: "organization",
        cause: "A resource control policy denies roles to assertions of any other issuer, and forgets that Identity Center is one.",
        fix: "Name the issuer of Identity Center in the policy too.",
        only: OF_CLI,
        set: &[],
        world: Some(only_one_provider),
        expect: forbidden(LayerKind::ResourceControl),
    },
    Fault {
        id: "other-department",
        title: "The folder is another department's",
        whose: "person",
        cause: "The policy compares the folder with the tag `Department`, which Identity Center takes from the person.",
        fix: "Nothing to mend: one permission set serves all departments in this way.",
        only: &[],
        set: &[("folder", "legal")],
        world: None,
        expect: denied("call", LayerKind::Identity, "ERR-9"),
    },
    Fault {
        id: "no-attribute",
        title: "The person has no department",
        whose: "administrator",
        cause: "Identity Center passes no tag, and a variable without a value matches nothing.",
        fix: "Set the attribute in the identity source, and let Identity Center pass it on.",
        only: &[],
        set: &[("department", "")],
        world: None,
        expect: denied("call", LayerKind::Identity, "EVAL-175"),
    },
    Fault {
        id: "not-provisioned",
        title: "The change was not provisioned",
        whose: "administrator",
        cause: "The permission set was changed, but the role in this account is a copy and still has the old policy.",
        fix: "Provision the permission set to the account.",
        only: &[],
        set: &[],
        world: Some(|setting: &mut Setting| setting.in_role(ROLE, SET, policies::LAST_MONTHS_SET)),
        expect: denied("call", LayerKind::Identity, "FED-60"),
    },
    Fault {
        id: "old-suffix",
        title: "The bucket knows the role's old name",
        whose: "administrator",
        cause: "The role was provisioned anew and has another suffix, and the bucket's policy denies everybody but the old one.",
        fix: "Test `aws:PrincipalArn` with `ArnLike` and a star for the suffix.",
        only: &[],
        set: &[],
        world: Some(|setting: &mut Setting| {
            setting.resource_policy("arn:aws:s3:::example-sales", policies::ONLY_OLD_ROLE);
        }),
        expect: denied("call", LayerKind::Resource, "EVAL-121"),
    },
    Fault {
        id: "expired",
        title: "The session has ended",
        whose: "person",
        cause: "The session of the permission set lasts an hour, and the call comes after two.",
        fix: "Choose the permission set again, or give it a longer session.",
        only: &[],
        set: &[("later", "7200")],
        world: None,
        expect: refused("call", "ExpiredToken", "ERR-35"),
    },
    Fault {
        id: "scp",
        title: "The organization denies S3",
        whose: "organization",
        cause: "A service control policy above the account denies, and a deny wins over every allow.",
        fix: "Change the service control policy; a permission set cannot.",
        only: &[],
        set: &[],
        world: Some(|setting: &mut Setting| setting.control(ControlKind::Service, "NoS3", DENY_S3)),
        expect: denied("call", LayerKind::ServiceControl, "ERR-2"),
    },
];
