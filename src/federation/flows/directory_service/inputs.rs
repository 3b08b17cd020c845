//! What can be edited.

use crate::federation::flow::{Input, InputKind};
use crate::federation::flows::parts::YES_NO;

pub(super) const INPUTS: &[Input] = &[
    Input {
        id: "console",
        label: "Console access",
        about: "Whether the directory lets people to the console at all; it does not by itself.",
        step: "open",
        kind: InputKind::Choice(YES_NO),
        default: &[("", "yes")],
        wrong: &[("switched off", "no")],
    },
    Input {
        id: "password",
        label: "Password",
        about: "What Ana types in.",
        step: "sign-in",
        kind: InputKind::Choice(&[("right", "the right one"), ("wrong", "another one")]),
        default: &[("", "right")],
        wrong: &[("another one", "wrong")],
    },
    Input {
        id: "reachable",
        label: "Domain controllers answer",
        about: "Whether AD Connector reaches the company's domain controllers.",
        step: "bind",
        kind: InputKind::Choice(YES_NO),
        default: &[("connector", "yes")],
        wrong: &[("the VPN is down", "no")],
    },
    Input {
        id: "membership",
        label: "Ana's groups",
        about: "Whether Ana is in the group that the role was given to, in a group inside of it, or in neither.",
        step: "bind",
        kind: InputKind::Choice(&[
            ("direct", "Order desk"),
            ("nested", "Order desk juniors, inside of Order desk"),
            ("none", "Warehouse"),
        ]),
        default: &[("", "direct")],
        wrong: &[("a group inside of it", "nested"), ("another group", "none")],
    },
    Input {
        id: "directory",
        label: "Directory",
        about: "The id of the directory in which people sign in; the service sends its ARN as `aws:SourceArn`.",
        step: "assume",
        kind: InputKind::Text,
        default: &[("", "d-1234567890")],
        wrong: &[("another directory", "d-0987654321")],
    },
    Input {
        id: "length",
        label: "Login session length",
        about: "How long console sessions of the directory last: 1 to 12 hours.",
        step: "assume",
        kind: InputKind::Number { unit: "h", sent: false },
        default: &[("", "1")],
        wrong: &[("a day", "24")],
    },
    Input {
        id: "action",
        label: "What Ana does",
        about: "What she clicks on the page of the table.",
        step: "call",
        kind: InputKind::Choice(&[("scan", "looks at the items"), ("delete", "deletes the table")]),
        default: &[("", "scan")],
        wrong: &[("deletes the table", "delete")],
    },
    Input {
        id: "later",
        label: "Time between credentials and call",
        about: "Seconds that pass before DynamoDB is called.",
        step: "call",
        kind: InputKind::Number { unit: "s", sent: false },
        default: &[("", "10")],
        wrong: &[("two hours", "7200")],
    },
];
