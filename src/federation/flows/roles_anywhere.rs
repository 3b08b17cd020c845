//! IAM Roles Anywhere: a server outside of AWS shows the certificate that its company has given it (FED-85, ERR-192).

mod certificate;
mod create;
mod faults;
mod inputs;
mod policies;
mod session;

use crate::federation::Keys;
use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::flows::parts::{holds, lane, put_object};
use crate::federation::sts;

/// The flow.
pub const FLOW: Flow = Flow {
    id: "roles-anywhere",
    title: "IAM Roles Anywhere",
    about: "A server in a company's own rooms writes backups to a bucket. It has a certificate of the company anyway, and signs with that instead of an access key.",
    facts: "FED-85, ERR-192",
    lanes: &[
        Lane {
            id: "ca",
            name: "Certificate authority",
            holds: &[holds(&[], "key", "Key of the authority", "its certificate is the trust anchor in AWS")],
        },
        Lane { id: "server", name: "Server", holds: &[holds(&[], "key", "Private key", "never leaves the server")] },
        lane("anywhere", "Roles Anywhere"),
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[Variant { id: "server", name: "A server with a certificate", lanes: &[] }],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting: policies::setting,
};

const STEPS: &[Step] = &[
    Step {
        id: "enroll",
        from: "ca",
        to: "server",
        message: "Certificate",
        about: "The company's own authority signs who the server is and until when. AWS has no part in it.",
        only: &[],
        act: create::enroll,
    },
    Step {
        id: "process",
        from: "server",
        to: "server",
        message: "credential_process",
        about: "The AWS CLI and SDKs start a small program when they need credentials. It knows an anchor, a profile and a role.",
        only: &[],
        act: create::process,
    },
    Step {
        id: "sign",
        from: "server",
        to: "server",
        message: "Sign with the certificate's key",
        about: "As in Signature Version 4, but with the private key of the certificate, and with the certificate among the signed headers.",
        only: &[],
        act: create::sign,
    },
    Step {
        id: "create",
        from: "server",
        to: "anywhere",
        message: "CreateSession",
        about: "The request carries certificate and signature. No secret is sent, and AWS keeps none.",
        only: &[],
        act: create::send,
    },
    Step {
        id: "check",
        from: "anywhere",
        to: "ca",
        message: "Is the certificate good?",
        about: "It has to come from the authority of the trust anchor, to be valid now, to be made for signing, and not to be revoked. Nobody is asked: the anchor has the authority's certificate.",
        only: &[],
        act: create::check,
    },
    Step {
        id: "profile",
        from: "anywhere",
        to: "anywhere",
        message: "Is the role in the profile?",
        about: "A profile lists roles, says how long sessions last, and can add a session policy.",
        only: &[],
        act: session::profile,
    },
    Step {
        id: "assume",
        from: "anywhere",
        to: "sts",
        message: "AssumeRole with tags",
        about: "What the certificate says becomes session tags, its name the source identity, its number the name of the session.",
        only: &[],
        act: session::assume,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust this?",
        about: "The trust policy has to allow the role, the tags and the source identity. Without conditions every certificate of every anchor would do.",
        only: &[],
        act: session::trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "anywhere",
        message: "Temporary credentials",
        about: "As long as was asked, at most as long as profile and role say.",
        only: &[],
        act: |stage| sts::issue(stage, "anywhere"),
    },
    Step {
        id: "back",
        from: "anywhere",
        to: "server",
        message: "Credentials",
        about: "The answer names the subject too: Roles Anywhere remembers each certificate that came.",
        only: &[],
        act: session::back,
    },
    Step {
        id: "output",
        from: "server",
        to: "server",
        message: "JSON for the SDK",
        about: "The program prints the credentials and ends. It is started again before they end.",
        only: &[],
        act: session::output,
    },
    Step {
        id: "write",
        from: "server",
        to: "s3",
        message: "PutObject",
        about: "An ordinary signed request. The policy lets each server write under the name that stands in its certificate.",
        only: &[],
        act: |stage| {
            stage.wait(stage.number("later"));
            let key = format!("{}/monday.tar", stage.input("folder"));
            put_object(stage, "server", ("example-backups", &key), Keys::new())
        },
    },
];

#[cfg(test)]
mod tests;
