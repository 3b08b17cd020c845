//! Pods in Amazon EKS: the cluster vouches for a service account, by its own issuer (IRSA, FED-45) or through an agent on the
//! node (Pod Identity, FED-46).

mod faults;
mod inputs;
mod irsa;
mod pod;
mod pod_identity;
mod policies;

use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::flows::parts::{holds, lane};
use crate::federation::sts;

/// The flow.
pub const FLOW: Flow = Flow {
    id: "eks",
    title: "Pods in Amazon EKS",
    about: "A pod reads a table with a role of its own instead of that of the machine it happens to run on. The cluster vouches for its service account.",
    facts: "FED-45, FED-46, KEY-129",
    lanes: &[
        lane("developer", "Developer"),
        Lane {
            id: "cluster",
            name: "Kubernetes",
            holds: &[holds(&[], "key", "Signing key of the cluster", "its public half is at the cluster's issuer")],
        },
        lane("pod", "Pod"),
        Lane {
            id: "agent",
            name: "Pod Identity Agent",
            holds: &[holds(
                &[POD_IDENTITY],
                "node",
                "Credentials of the node",
                "assumed-role/ShopNode, from the instance",
            )],
        },
        lane("eks", "EKS Auth"),
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("table", "Amazon DynamoDB"),
    ],
    variants: &[
        Variant { id: IRSA, name: "Roles for service accounts (IRSA)", lanes: &[("eks", "Issuer of the cluster")] },
        Variant { id: POD_IDENTITY, name: "Pod Identity", lanes: &[] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting: policies::setting,
};

const IRSA: &str = "irsa";
const POD_IDENTITY: &str = "pod-identity";

const STEPS: &[Step] = &[
    Step {
        id: "apply",
        from: "developer",
        to: "cluster",
        message: "kubectl apply",
        about: "A service account and a pod that runs under it. An annotation on the service account names the role.",
        only: &[IRSA],
        act: irsa::apply,
    },
    Step {
        id: "apply",
        from: "developer",
        to: "cluster",
        message: "kubectl apply",
        about: "A service account and a pod that runs under it. Nothing in it names a role: EKS has an association for that.",
        only: &[POD_IDENTITY],
        act: pod_identity::apply,
    },
    Step {
        id: "inject",
        from: "cluster",
        to: "cluster",
        message: "Webhook",
        about: "When a pod is made, a webhook adds two environment variables and a volume with a token to it. Pods that run already stay as they are.",
        only: &[],
        act: pod::inject,
    },
    Step {
        id: "token",
        from: "cluster",
        to: "pod",
        message: "Token of the service account",
        about: "The cluster signs for AWS: which namespace, which service account, which pod. The file is renewed long before it ends.",
        only: &[],
        act: pod::token,
    },
    Step {
        id: "sdk",
        from: "pod",
        to: "pod",
        message: "SDK looks for credentials",
        about: "The SDK in the program finds the variables and knows what to do; the program itself needs no line of code.",
        only: &[],
        act: pod::sdk,
    },
    Step {
        id: "ask",
        from: "pod",
        to: "sts",
        message: "AssumeRoleWithWebIdentity",
        about: "The SDK reads the file and sends the token to STS. The request is not signed: the token is the proof.",
        only: &[IRSA],
        act: irsa::ask,
    },
    Step {
        id: "verify",
        from: "sts",
        to: "eks",
        message: "Keys of the cluster",
        about: "Each cluster is an issuer of its own. STS looks for its provider in the role's account and verifies the token with the cluster's keys.",
        only: &[IRSA],
        act: irsa::verify,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust this?",
        about: "The trust policy names the cluster by its provider, and the service account by `sub`.",
        only: &[IRSA],
        act: irsa::trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "pod",
        message: "Temporary credentials",
        about: "They are good for an hour; the SDK fetches new ones before they end.",
        only: &[IRSA],
        act: |stage| sts::issue(stage, "pod"),
    },
    Step {
        id: "get",
        from: "pod",
        to: "agent",
        message: "GET /v1/credentials",
        about: "The SDK asks an agent on the same machine, at an address that no other machine can reach, and shows the token.",
        only: &[POD_IDENTITY],
        act: pod_identity::get,
    },
    Step {
        id: "auth",
        from: "agent",
        to: "eks",
        message: "AssumeRoleForPodIdentity",
        about: "The agent passes the token on, signed with the credentials of the node, whose role has to allow this one call.",
        only: &[POD_IDENTITY],
        act: pod_identity::auth,
    },
    Step {
        id: "check",
        from: "eks",
        to: "cluster",
        message: "Which service account?",
        about: "EKS verifies the token of its own cluster and looks for the association of the service account. It names the role.",
        only: &[POD_IDENTITY],
        act: pod_identity::check,
    },
    Step {
        id: "assume",
        from: "eks",
        to: "sts",
        message: "AssumeRole with tags",
        about: "EKS asks for the role as a service and adds six tags: where in which cluster the pod runs.",
        only: &[POD_IDENTITY],
        act: pod_identity::assume,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust the service?",
        about: "One trust policy serves every cluster of the account. It has to allow the tags too, and can test them.",
        only: &[POD_IDENTITY],
        act: pod_identity::trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "eks",
        message: "Temporary credentials",
        about: "The session has the tags for its whole life, so policies can compare them with what is asked for.",
        only: &[POD_IDENTITY],
        act: |stage| sts::issue(stage, "eks"),
    },
    Step {
        id: "back",
        from: "eks",
        to: "agent",
        message: "Credentials and association",
        about: "The answer says which association it came from, which helps to find out why a pod has the role that it has.",
        only: &[POD_IDENTITY],
        act: pod_identity::back,
    },
    Step {
        id: "deliver",
        from: "agent",
        to: "pod",
        message: "Credentials",
        about: "The agent hands them to the pod, in the form in which containers have got their credentials for years.",
        only: &[POD_IDENTITY],
        act: pod_identity::deliver,
    },
    Step {
        id: "read",
        from: "pod",
        to: "table",
        message: "GetItem",
        about: "The pod reads from the table with the role of its service account. The role of the node plays no part.",
        only: &[],
        act: pod::read,
    },
];

#[cfg(test)]
mod tests;
