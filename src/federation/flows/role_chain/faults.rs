//! What can go wrong.

use super::PRODUCTION;
use super::policies::{
    DENY_TABLES, TABLES_ONLY, TRUST_ACCOUNT, TRUST_ENGINEER_ONLY, TRUST_SOMEBODY_ELSE, TRUST_TOOLS_WITHOUT_IDENTITY,
    TRUST_TOOLS_WITHOUT_TAGS,
};
use crate::eval::LayerKind;
use crate::federation::flow::{Expect, Fault};
use crate::federation::flows::parts::{denied, refused};
use crate::federation::setting::Setting;
use crate::model::{Command, ControlKind, Holder};

/// Replaces the trust policy of the second role, wherever that is.
fn trust_of_second(setting: &mut Setting, text: &str) {
    if setting.is("two") {
        setting.account(PRODUCTION, "Production");
    }
    setting.trust("DeployProduction", text);
}

/// A managed policy that bounds the first role.
fn bound(setting: &mut Setting) {
    setting.run(&Command::CreatePolicy {
        name: "TablesOnly".into(),
        path: "/".into(),
        description: "".into(),
        text: TABLES_ONLY.into(),
    });
    let arn = format!("arn:aws:iam::{}:policy/TablesOnly", setting.home_id()).into();
    setting.run(&Command::PutPermissionsBoundary { holder: Holder::Role("DeployTools".into()), arn });
}

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        id: "no-trust",
        title: "The first role trusts somebody else",
        whose: "account",
        cause: "The trust policy of DeployTools does not name the engineer; permission to assume roles would not help.",
        fix: "Name the user in the trust policy.",
        only: &[],
        set: &[],
        world: Some(|setting| setting.trust("DeployTools", TRUST_SOMEBODY_ELSE)),
        expect: denied("trust-first", LayerKind::Resource, "FED-100"),
    },
    Fault {
        id: "trust-in-account",
        title: "The first role trusts the account, and the engineer has no permission",
        whose: "account",
        cause: "A trust policy that names the account leaves it to identity policies who may, and the engineer has none.",
        fix: "Allow sts:AssumeRole on the role in a policy of the engineer, or name the engineer in the trust policy.",
        only: &[],
        set: &[],
        world: Some(|setting| setting.trust("DeployTools", TRUST_ACCOUNT)),
        expect: denied("trust-first", LayerKind::Identity, "FED-101"),
    },
    Fault {
        id: "false-name",
        title: "The engineer gives another name",
        whose: "person",
        cause: "The trust policy wants the user's own name as source identity.",
        fix: "Nothing to mend: this is what makes the logs reliable.",
        only: &[],
        set: &[("source_identity", "Administrator")],
        world: None,
        expect: denied("trust-first", LayerKind::Resource, "EVAL-166"),
    },
    Fault {
        id: "first-too-long",
        title: "Two hours of the first role",
        whose: "person",
        cause: "Sessions of DeployTools last an hour at most.",
        fix: "Ask for less, or raise the role's maximum session duration.",
        only: &[],
        set: &[("duration", "7200")],
        world: None,
        expect: refused("issue-first", "ValidationError", "ERR-62"),
    },
    Fault {
        id: "region",
        title: "STS is not active in the region",
        whose: "account",
        cause: "The account has not switched on the region that is asked.",
        fix: "Ask a region that is active, or activate STS there.",
        only: &[],
        set: &[("region", "ap-east-1")],
        world: None,
        expect: refused("ask-first", "RegionDisabledException", "ERR-57"),
    },
    Fault {
        id: "no-token",
        title: "The session token is forgotten",
        whose: "tools",
        cause: "Temporary access keys are known to AWS only together with their session token.",
        fix: "Pass all three values on, the session token too.",
        only: &[],
        set: &[("token", "no")],
        world: None,
        expect: refused("who", "InvalidClientTokenId", "ERR-40"),
    },
    Fault {
        id: "first-expired",
        title: "The first session has ended",
        whose: "tools",
        cause: "The tools ask for the second role after their own credentials have ended.",
        fix: "Begin the chain anew: nothing in it can be renewed by itself.",
        only: &[],
        set: &[("between", "7200")],
        world: None,
        expect: refused("ask-second", "ExpiredToken", "ERR-43"),
    },
    Fault {
        id: "names-the-user",
        title: "The second role trusts the engineer",
        whose: "account",
        cause: "Whoever asks is a session of DeployTools, not the user at the beginning of the chain.",
        fix: "Name the first role in the trust policy of the second.",
        only: &[],
        set: &[],
        world: Some(|setting| trust_of_second(setting, TRUST_ENGINEER_ONLY)),
        expect: denied("trust-second", LayerKind::Resource, "ERR-60"),
    },
    Fault {
        id: "another-project",
        title: "Another project",
        whose: "person",
        cause: "The trust policy of DeployProduction looks at the caller's tag, and that one says Payroll.",
        fix: "Begin the chain with the tag of the project, or name the project in the trust policy.",
        only: &[],
        set: &[("tags", "Project=Payroll")],
        world: None,
        expect: denied("trust-second", LayerKind::Resource, "EVAL-165"),
    },
    Fault {
        id: "no-tag-session",
        title: "The second role does not take tags",
        whose: "account",
        cause: "A transitive tag comes along by itself, and the trust policy of DeployProduction does not allow sts:TagSession.",
        fix: "Add sts:TagSession to the trust policy of every role of the chain.",
        only: &[],
        set: &[],
        world: Some(|setting| trust_of_second(setting, TRUST_TOOLS_WITHOUT_TAGS)),
        expect: denied("trust-second", LayerKind::Resource, "ERR-67"),
    },
    Fault {
        id: "no-source-identity",
        title: "The second role does not take a source identity",
        whose: "account",
        cause: "The source identity stays for the whole chain, and the trust policy of DeployProduction does not allow sts:SetSourceIdentity.",
        fix: "Add sts:SetSourceIdentity to the trust policy of every role of the chain.",
        only: &[],
        set: &[],
        world: Some(|setting| trust_of_second(setting, TRUST_TOOLS_WITHOUT_IDENTITY)),
        expect: denied("trust-second", LayerKind::Resource, "ERR-67"),
    },
    Fault {
        id: "changed-identity",
        title: "Another source identity on the way",
        whose: "tools",
        cause: "Once set, the source identity of a chain cannot be changed.",
        fix: "Leave it out of the second request.",
        only: &[],
        set: &[("source_identity2", "Administrator")],
        world: None,
        expect: refused("trust-second", "ValidationError", "ERR-66"),
    },
    Fault {
        id: "inherited-tag",
        title: "Another value for the tag that came along",
        whose: "tools",
        cause: "A transitive tag keeps its value to the end of the chain.",
        fix: "Leave it out of the second request, or do not pass it as transitive in the first.",
        only: &[],
        set: &[("tags2", "Project=Payroll")],
        world: None,
        expect: refused("trust-second", "AccessDenied", "ERR-77"),
    },
    Fault {
        id: "may-not-go-on",
        title: "The first role may not assume the second",
        whose: "account",
        cause: "The other account lets DeployTools in, and no policy of DeployTools lets it go there.",
        fix: "Allow sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity on the second role in a policy of DeployTools.",
        only: &["two"],
        set: &[],
        world: Some(|setting| setting.in_role("DeployTools", "AssumeProduction", TABLES_ONLY)),
        expect: denied("trust-second", LayerKind::Identity, "EVAL-93"),
    },
    Fault {
        id: "may-not-go-on",
        title: "The second role trusts the account, and the first has no permission",
        whose: "account",
        cause: "A trust policy that names the account leaves it to identity policies who may, and no policy of DeployTools allows it.",
        fix: "Allow sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity on the second role in a policy of DeployTools.",
        only: &["one"],
        set: &[],
        world: Some(|setting| {
            trust_of_second(setting, TRUST_ACCOUNT);
            setting.in_role("DeployTools", "AssumeProduction", TABLES_ONLY);
        }),
        expect: denied("trust-second", LayerKind::Identity, "FED-101"),
    },
    Fault {
        id: "boundary",
        title: "The first role is bounded",
        whose: "account",
        cause: "A permissions boundary on DeployTools leaves roles out, and it limits what the trust policy grants to a role.",
        fix: "Add sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity to the boundary.",
        only: &[],
        set: &[],
        world: Some(bound),
        expect: denied("trust-second", LayerKind::Boundary, "EVAL-192"),
    },
    Fault {
        id: "narrow-session",
        title: "The first session may use tables only",
        whose: "person",
        cause: "The session policy of the first request does not allow sts:AssumeRole, and it limits the session wherever it goes.",
        fix: "Add sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity to the session policy.",
        only: &[],
        set: &[("policy", TABLES_ONLY)],
        world: None,
        expect: denied("trust-second", LayerKind::Session, "EVAL-56"),
    },
    Fault {
        id: "twelve-hours",
        title: "Twelve hours of the second role",
        whose: "tools",
        cause: "In a chain a session lasts an hour at most, although the role allows twelve.",
        fix: "Ask for an hour, and begin the chain anew when it is over.",
        only: &[],
        set: &[("duration2", "43200")],
        world: None,
        expect: refused("issue-second", "ValidationError", "ERR-62b"),
    },
    Fault {
        id: "not-transitive",
        title: "The tag does not come along",
        whose: "person",
        cause: "A tag that is not named as transitive ends with the first session; the second has no project and so no table.",
        fix: "Name its key in TransitiveTagKeys.",
        only: &[],
        set: &[("transitive", "")],
        world: None,
        expect: Expect {
            step: "write",
            code: "AccessDeniedException",
            layer: Some(LayerKind::Identity),
            fact: "EVAL-164",
        },
    },
    Fault {
        id: "second-expired",
        title: "The second session has ended",
        whose: "tools",
        cause: "The credentials of production are used after their end.",
        fix: "Begin the chain anew before they end.",
        only: &[],
        set: &[("later", "7200")],
        world: None,
        expect: refused("write", "ExpiredTokenException", "ERR-43"),
    },
    Fault {
        id: "scp",
        title: "The organization denies DynamoDB",
        whose: "organization",
        cause: "A service control policy above the account of the second role denies, and a deny wins over every allow.",
        fix: "Change the service control policy; nothing in the account can.",
        only: &[],
        set: &[],
        world: Some(|setting| {
            if setting.is("two") {
                setting.account(PRODUCTION, "Production");
            }
            setting.control(ControlKind::Service, "NoTables", DENY_TABLES);
        }),
        expect: Expect {
            step: "write",
            code: "AccessDeniedException",
            layer: Some(LayerKind::ServiceControl),
            fact: "EVAL-85",
        },
    },
];
