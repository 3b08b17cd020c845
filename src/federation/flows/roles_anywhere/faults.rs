//! What can go wrong.

use super::policies;
use crate::eval::LayerKind;
use crate::federation::flow::{Expect, Fault};
use crate::federation::flows::parts::{DENY_S3, denied, refused};
use crate::federation::setting::Setting;
use crate::model::ControlKind;

/// What the certificate or the anchor lacks.
const UNTRUSTED: Expect = refused("check", "AccessDeniedException", "ERR-192");
/// What the profile lacks.
const NOT_IN_PROFILE: Expect = refused("profile", "AccessDeniedException", "ERR-192");
/// What the trust policy refuses, as Roles Anywhere tells it.
const NOT_ASSUMED: Expect =
    Expect { step: "trust", code: "AccessDeniedException", layer: Some(LayerKind::Resource), fact: "ERR-192" };

const fn fault(
    (id, title): (&'static str, &'static str),
    whose: &'static str,
    (cause, fix): (&'static str, &'static str),
    set: &'static [(&'static str, &'static str)],
    expect: Expect,
) -> Fault {
    Fault { id, title, whose, cause, fix, only: &[], set, world: None, expect }
}

const fn in_world(fault: Fault, world: fn(&mut Setting)) -> Fault {
    Fault { world: Some(world), ..fault }
}

pub(super) const FAULTS: &[Fault] = &[
    fault(
        ("other-authority", "Another authority has signed"),
        "server",
        (
            "The certificate does not lead back to the authority of the trust anchor.",
            "Get a certificate of that authority, or make an anchor of the other one.",
        ),
        &[("issuer", "stranger")],
        UNTRUSTED,
    ),
    fault(
        ("expired-certificate", "The certificate has expired"),
        "server",
        (
            "It was valid for ninety days, and nobody renewed it.",
            "Renew certificates by a program, well before they end.",
        ),
        &[("age", "8640000")],
        UNTRUSTED,
    ),
    fault(
        ("revoked", "The certificate is revoked"),
        "authority",
        (
            "Its number is in the revocation list that was uploaded to Roles Anywhere.",
            "Nothing to mend: this stops a stolen key. Sessions that were issued before go on until they end.",
        ),
        &[("revoked", "yes")],
        UNTRUSTED,
    ),
    fault(
        ("authority-certificate", "The certificate is one of an authority"),
        "server",
        (
            "`CA:TRUE` is for certificates that sign others; one that asks for a session has to have `CA:FALSE`.",
            "Use the certificate of the server itself.",
        ),
        &[("authority", "yes")],
        UNTRUSTED,
    ),
    fault(
        ("no-signing", "The certificate is not made for signing"),
        "authority",
        (
            "Its key usage lacks `Digital Signature`, and the request is signed with its key.",
            "Issue the certificate anew with that usage.",
        ),
        &[("usage", "no")],
        UNTRUSTED,
    ),
    fault(
        ("other-key", "Another key has signed the request"),
        "server",
        (
            "The private key on the server does not belong to the certificate that is sent along.",
            "Put key and certificate in place together when they are renewed.",
        ),
        &[("signer", "stranger")],
        UNTRUSTED,
    ),
    fault(
        ("clock", "The server's clock is an hour ahead"),
        "server",
        ("The time that was signed is too far from AWS's.", "Set the clock by a time server."),
        &[("ahead", "3600")],
        UNTRUSTED,
    ),
    fault(
        ("anchor-off", "The trust anchor is disabled"),
        "administrator",
        (
            "Somebody has switched the anchor off, and nobody gets in through it.",
            "Enable it again, if it was not switched off on purpose.",
        ),
        &[("anchor_state", "off")],
        UNTRUSTED,
    ),
    fault(
        ("no-anchor", "There is no such trust anchor"),
        "server",
        ("The ARN on the server is that of an anchor that is gone.", "Copy the ARN from Roles Anywhere."),
        &[("anchor", "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/00000000-0000-4000-8000-000000000000")],
        refused("check", "ResourceNotFoundException", "ERR-192"),
    ),
    fault(
        ("too-short", "A minute is too short"),
        "server",
        ("A session lasts 900 seconds at least.", "Ask for 900 seconds or more."),
        &[("duration", "60")],
        refused("create", "ValidationException", "ERR-192"),
    ),
    fault(
        ("profile-off", "The profile is disabled"),
        "administrator",
        ("Somebody has switched the profile off, and no role can be had through it.", "Enable it again."),
        &[("profile_state", "off")],
        NOT_IN_PROFILE,
    ),
    fault(
        ("not-listed", "The profile does not list the role"),
        "administrator",
        (
            "A profile says which roles can be had through it, and this one is not among them.",
            "Add the role to the profile.",
        ),
        &[("listed", "arn:aws:iam::123456789012:role/PhotoServer")],
        NOT_IN_PROFILE,
    ),
    fault(
        ("session-name", "The server chooses the name of the session"),
        "server",
        (
            "The profile does not accept names, so that each session has the certificate's number.",
            "Leave the name out.",
        ),
        &[("session", "backup")],
        NOT_IN_PROFILE,
    ),
    fault(
        ("other-unit", "The certificate is that of a printer"),
        "attacker",
        (
            "The authority gives certificates to printers too, and the trust policy wants the unit `Backup`.",
            "Nothing to mend: this is what the condition on the certificate is for.",
        ),
        &[("name", "printer.example.com"), ("unit", "Printers")],
        NOT_ASSUMED,
    ),
    in_world(
        fault(
            ("other-anchor", "The role trusts another anchor"),
            "administrator",
            (
                "The anchor was made anew and has another ARN, and the trust policy still has the old one.",
                "Write the ARN of the new anchor into the trust policy.",
            ),
            &[],
            NOT_ASSUMED,
        ),
        |setting| setting.trust("BackupServer", policies::TRUST_OTHER_ANCHOR),
    ),
    in_world(
        fault(
            ("no-tags", "The trust policy lacks sts:TagSession"),
            "administrator",
            (
                "Roles Anywhere always passes what the certificate says as tags, which is an action of its own.",
                "Allow `sts:TagSession` beside `sts:AssumeRole`.",
            ),
            &[],
            NOT_ASSUMED,
        ),
        |setting| setting.trust("BackupServer", policies::TRUST_WITHOUT_TAGS),
    ),
    in_world(
        fault(
            ("no-source-identity", "The trust policy lacks sts:SetSourceIdentity"),
            "administrator",
            (
                "Roles Anywhere always sets the source identity, which is an action of its own.",
                "Allow `sts:SetSourceIdentity` beside `sts:AssumeRole`.",
            ),
            &[],
            NOT_ASSUMED,
        ),
        |setting| setting.trust("BackupServer", policies::TRUST_WITHOUT_IDENTITY),
    ),
    in_world(
        fault(
            ("other-service", "The role is for instances"),
            "administrator",
            (
                "The trust policy names EC2; a server elsewhere comes through `rolesanywhere.amazonaws.com`.",
                "Name that service in the trust policy, with the three actions.",
            ),
            &[],
            NOT_ASSUMED,
        ),
        |setting| setting.trust("BackupServer", policies::TRUST_EC2),
    ),
    fault(
        ("other-folder", "The server writes to another's folder"),
        "server",
        (
            "The policy compares the folder with the name in the certificate.",
            "Nothing to mend: one role serves all servers in this way.",
        ),
        &[("folder", "web.example.com")],
        denied("write", LayerKind::Identity, "ERR-9"),
    ),
    fault(
        ("narrow-session", "The profile's session policy is too narrow"),
        "administrator",
        (
            "Sessions of the profile may do only what its session policy allows too, and it allows reading alone.",
            "Allow s3:PutObject there, or take the session policy away.",
        ),
        &[("policy", policies::ONLY_READING)],
        denied("write", LayerKind::Session, "ERR-6"),
    ),
    fault(
        ("expired-credentials", "The credentials have ended"),
        "server",
        (
            "The server goes on using temporary credentials after their end.",
            "Let the SDK start the program again; it does so by itself.",
        ),
        &[("later", "7200")],
        refused("write", "ExpiredToken", "ERR-35"),
    ),
    in_world(
        fault(
            ("scp", "The organization denies S3"),
            "organization",
            (
                "A service control policy above the account denies, and a deny wins over every allow.",
                "Change the service control policy; nothing in the account can.",
            ),
            &[],
            denied("write", LayerKind::ServiceControl, "ERR-2"),
        ),
        |setting| setting.control(ControlKind::Service, "NoS3", DENY_S3),
    ),
];
