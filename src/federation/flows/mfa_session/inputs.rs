//! What can be edited.

use crate::federation::flow::{Input, InputKind};
use crate::federation::flows::parts::REGIONS;

pub(super) const INPUTS: &[Input] = &[
    Input {
        id: "serial",
        label: "SerialNumber",
        about: "ARN of the device, 9 to 256 characters; left out together with the code for a session without a second factor.",
        step: "ask",
        kind: InputKind::Text,
        default: &[
            ("deny", "arn:aws:iam::123456789012:mfa/operator-phone"),
            ("age", "arn:aws:iam::123456789012:mfa/cleaner-phone"),
        ],
        wrong: &[
            ("of another device", "arn:aws:iam::123456789012:mfa/old-phone"),
            ("of a security key", "arn:aws:iam::123456789012:u2f/user/BackupOperator/key"),
            ("left out", ""),
        ],
    },
    Input {
        id: "code",
        label: "TokenCode",
        about: "Six digits: what the authenticator shows, or something else.",
        step: "ask",
        kind: InputKind::Choice(&[
            ("shown", "as shown"),
            ("wrong", "other digits"),
            ("short", "five digits"),
            ("none", "left out"),
        ]),
        default: &[("", "shown")],
        wrong: &[("other digits", "wrong"), ("five digits", "short"), ("left out", "none")],
    },
    Input {
        id: "delay",
        label: "Time between code and request",
        about: "Seconds that the person takes to type; the code is good for thirty.",
        step: "type",
        kind: InputKind::Number { unit: "s", sent: false },
        default: &[("", "8")],
        wrong: &[("a minute", "60")],
    },
    Input {
        id: "keys",
        label: "Signed with",
        about: "GetSessionToken takes long-term keys only.",
        step: "ask",
        kind: InputKind::Choice(&[("long", "the long-term key"), ("session", "credentials of an earlier session")]),
        default: &[("", "long")],
        wrong: &[("an earlier session", "session")],
    },
    Input {
        id: "duration",
        label: "DurationSeconds",
        about: "How long the session is to last: 900 to 129,600 seconds; twelve hours where it is left out.",
        step: "ask",
        kind: InputKind::Number { unit: "s", sent: true },
        default: &[("", "43200")],
        wrong: &[("two days", "172800"), ("a minute", "60")],
    },
    Input {
        id: "region",
        label: "Region of STS",
        about: "Where STS is asked. In ap-east-1 the account has not switched it on.",
        step: "ask",
        kind: InputKind::Choice(REGIONS),
        default: &[("", "us-east-1")],
        wrong: &[("not active", "ap-east-1")],
    },
    Input {
        id: "used",
        label: "Calls are signed with",
        about: "The whole session, a part of it, or the long-term key that is still there.",
        step: "store",
        kind: InputKind::Choice(&[
            ("session", "the session"),
            ("half", "the session without its token"),
            ("key", "the long-term key"),
        ]),
        default: &[("", "session")],
        wrong: &[("without the session token", "half"), ("the long-term key", "key")],
    },
    Input {
        id: "later",
        label: "Time between credentials and call",
        about: "Seconds that pass before S3 is called; so old is the second factor then.",
        step: "list",
        kind: InputKind::Number { unit: "s", sent: false },
        default: &[("", "60")],
        wrong: &[("two hours", "7200"), ("thirteen hours", "46800")],
    },
];
