//! IAM Identity Center: people sign in once and choose an account and a permission set, in the access portal or from the
//! command line (FED-60, ERR-193, ERR-194).

mod device;
mod faults;
mod inputs;
mod policies;
mod portal;
mod session;

use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::flows::console;
use crate::federation::flows::parts::{get_object, holds, lane, list_bucket};
use crate::federation::outcome::Happened;
use crate::federation::sts;

/// The flow.
pub const FLOW: Flow = Flow {
    id: "identity-center",
    title: "IAM Identity Center",
    about: "One sign-in for all accounts of an organization. Whoever is assigned a permission set in an account gets a session of the role that Identity Center has put there.",
    facts: "FED-60, EVAL-121, ERR-193, ERR-194",
    lanes: &[
        Lane {
            id: "browser",
            name: "Browser",
            holds: &[holds(&[], "password", "Password and passkey", "of the directory")],
        },
        lane("cli", "AWS CLI"),
        Lane {
            id: "center",
            name: "Identity Center",
            holds: &[holds(&[], "key", "Signing key", "each assigned account has its certificate in a SAML provider")],
        },
        lane("signin", "AWS sign-in"),
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("console", "AWS console"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: CONSOLE, name: "Access portal", lanes: &[] },
        Variant { id: CLI, name: "Command line", lanes: &[] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting: policies::setting,
};

const CONSOLE: &str = "console";
const CLI: &str = "cli";

const STEPS: &[Step] = &[
    Step {
        id: "open",
        from: "browser",
        to: "center",
        message: "Open the portal",
        about: "The address is the organization's own. AWS does not ask for an account: there are many behind it.",
        only: &[CONSOLE],
        act: portal::open,
    },
    Step {
        id: "signin",
        from: "browser",
        to: "center",
        message: "Sign in",
        about: "With a password and a second factor of Identity Center's directory, of Active Directory, or at another provider.",
        only: &[CONSOLE],
        act: portal::sign_in,
    },
    Step {
        id: "list",
        from: "center",
        to: "browser",
        message: "Accounts and permission sets",
        about: "What this person and their groups are assigned. The list is Identity Center's own; no policy in an account makes it.",
        only: &[CONSOLE],
        act: portal::list,
    },
    Step {
        id: "choose",
        from: "browser",
        to: "center",
        message: "Choose one",
        about: "Identity Center checks the portal session and the assignment, and looks which role in that account belongs to it.",
        only: &[CONSOLE],
        act: portal::choose,
    },
    Step {
        id: "assertion",
        from: "center",
        to: "browser",
        message: "Assertion",
        about: "A signed statement about the person: the role, the name of the session, how long, and attributes as tags.",
        only: &[CONSOLE],
        act: session::assertion,
    },
    Step {
        id: "post",
        from: "browser",
        to: "signin",
        message: "The form sends itself",
        about: "The browser carries the assertion to the sign-in page of AWS, like that of any SAML provider.",
        only: &[CONSOLE],
        act: portal::post,
    },
    Step {
        id: "ask",
        from: "signin",
        to: "sts",
        message: "AssumeRoleWithSAML",
        about: "The sign-in page asks STS for the person. The assertion is the proof.",
        only: &[CONSOLE],
        act: session::ask,
    },
    Step {
        id: "login",
        from: "browser",
        to: "cli",
        message: "aws sso login",
        about: "The profile on the machine names the portal, an account and a permission set. There is no secret in it.",
        only: &[CLI],
        act: device::login,
    },
    Step {
        id: "register",
        from: "cli",
        to: "center",
        message: "RegisterClient",
        about: "The CLI makes itself known and gets an id for three months. Nobody has agreed to anything yet.",
        only: &[CLI],
        act: device::register,
    },
    Step {
        id: "device",
        from: "cli",
        to: "center",
        message: "StartDeviceAuthorization",
        about: "Two codes come back: a long one for the CLI, and a short one for the person to compare.",
        only: &[CLI],
        act: device::start,
    },
    Step {
        id: "poll",
        from: "cli",
        to: "center",
        message: "CreateToken, too early",
        about: "The CLI asks again and again. As long as nobody has agreed, the answer is an error that means: wait.",
        only: &[CLI],
        act: device::poll,
    },
    Step {
        id: "approve",
        from: "browser",
        to: "center",
        message: "Sign in and agree",
        about: "The person signs in at the portal and agrees to the code. Agree only to a code that your own machine shows: whoever has the long one gets the token.",
        only: &[CLI],
        act: device::approve,
    },
    Step {
        id: "token",
        from: "cli",
        to: "center",
        message: "CreateToken",
        about: "Now the answer is an access token. It is for Identity Center alone and kept in a file until the portal session ends.",
        only: &[CLI],
        act: device::token,
    },
    Step {
        id: "choose",
        from: "cli",
        to: "center",
        message: "GetRoleCredentials",
        about: "With the access token in a header the CLI asks for an account and a permission set. Identity Center checks the assignment.",
        only: &[CLI],
        act: device::choose,
    },
    Step {
        id: "ask",
        from: "center",
        to: "sts",
        message: "AssumeRoleWithSAML",
        about: "Identity Center sends its own assertion to STS; the CLI never sees it.",
        only: &[CLI],
        act: session::ask,
    },
    Step {
        id: "verify",
        from: "sts",
        to: "center",
        message: "Is the assertion good?",
        about: "STS looks up the SAML provider that Identity Center has made in the account, and verifies signature, audience and time.",
        only: &[],
        act: session::verify,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust this?",
        about: "The role is one copy of the permission set. Its trust policy names the SAML provider, and nobody but Identity Center can change it.",
        only: &[],
        act: session::trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "signin",
        message: "Temporary credentials",
        about: "As long as the permission set says: one hour to twelve.",
        only: &[CONSOLE],
        act: |stage| sts::issue(stage, "signin"),
    },
    Step {
        id: "issue",
        from: "sts",
        to: "center",
        message: "Temporary credentials",
        about: "As long as the permission set says: one hour to twelve.",
        only: &[CLI],
        act: |stage| sts::issue(stage, "center"),
    },
    Step {
        id: "console",
        from: "signin",
        to: "browser",
        message: "Console session",
        about: "A cookie and the way to the console. In the corner stands the role with the person's name behind it.",
        only: &[CONSOLE],
        act: |stage| console::enter(stage, "signin", portal::PAGE),
    },
    Step {
        id: "page",
        from: "browser",
        to: "console",
        message: "The console",
        about: "The browser shows its cookie. Whatever the person does on the page, the console does with the credentials of the session.",
        only: &[CONSOLE],
        act: |stage| console::open(stage, portal::PAGE),
    },
    Step {
        id: "back",
        from: "center",
        to: "cli",
        message: "Role credentials",
        about: "The CLI keeps them too and fetches new ones by itself, as long as the access token is good.",
        only: &[CLI],
        act: device::back,
    },
    Step {
        id: "call",
        from: "console",
        to: "s3",
        message: "ListBucket",
        about: "The person opens the bucket in the console. The permission set's policy compares the folder with the person's department.",
        only: &[CONSOLE],
        act: |stage| {
            stage.wait(stage.number("later"));
            let prefix = format!("{}/", stage.input("folder"));
            list_bucket(stage, "console", "example-sales", &prefix)
        },
    },
    Step {
        id: "call",
        from: "cli",
        to: "s3",
        message: "GetObject",
        about: "`aws s3 cp` reads a file. The permission set's policy compares the folder with the person's department.",
        only: &[CLI],
        act: |stage| {
            stage.wait(stage.number("later"));
            let key = format!("{}/november.csv", stage.input("folder"));
            get_object(stage, "cli", "example-sales", &key)
        },
    },
    Step {
        id: "shown",
        from: "cli",
        to: "browser",
        message: "The file",
        about: "Nothing on the machine outlives the sessions: what it keeps ends by itself.",
        only: &[CLI],
        act: |_| Ok(Happened::Sent),
    },
];

#[cfg(test)]
mod tests;
