//! What can go wrong.

use crate::eval::LayerKind;
use crate::federation::flow::{Expect, Fault};
use crate::federation::setting::Setting;
use crate::model::ControlKind;

const JWT: &[&str] = &["google", "oidc"];
const OPAQUE: &[&str] = &["amazon", "facebook"];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        id: "wrong-audience",
        title: "The token is for another app",
        whose: "app",
        cause: "The trust policy wants the id of one app, and the token was issued to another.",
        fix: "Sign in with the app id that the trust policy names, or name the new app there.",
        only: &["google", "amazon", "facebook"],
        set: &[("audience", "another-app")],
        world: None,
        expect: Expect { step: "trust", code: "AccessDenied", layer: Some(LayerKind::Resource), fact: "ERR-69" },
    },
    Fault {
        id: "wrong-audience",
        title: "The token is for another app",
        whose: "app",
        cause: "The provider in IAM lists the client ids it takes, and the token's `aud` is none of them.",
        fix: "Sign in with a registered client id, or add the id to the provider in IAM.",
        only: &["oidc"],
        set: &[("audience", "another-app")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "ERR-71" },
    },
    Fault {
        id: "expired-token",
        title: "The token is too old",
        whose: "app",
        cause: "The app kept the token and asked STS after it had ended.",
        fix: "Have the person sign in again, or refresh the token, right before STS is asked.",
        only: &[],
        set: &[("delay", "7200")],
        world: None,
        expect: Expect { step: "verify", code: "ExpiredTokenException", layer: None, fact: "ERR-73" },
    },
    Fault {
        id: "unknown-provider",
        title: "IAM does not know the issuer",
        whose: "account",
        cause: "The account has no identity provider with the address that the token names as its issuer.",
        fix: "Create an OpenID Connect provider in IAM whose address is exactly the token's `iss`.",
        only: JWT,
        set: &[("issuer", "https://id.example.net")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "ERR-70" },
    },
    Fault {
        id: "provider-down",
        title: "The provider's keys cannot be fetched",
        whose: "provider",
        cause: "STS verifies the signature with keys from the issuer, and the issuer does not answer.",
        fix: "Make the discovery document and the keys reachable from the internet, then try again.",
        only: JWT,
        set: &[("reachable", "no")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "ERR-72" },
    },
    Fault {
        id: "provider-down",
        title: "The provider does not answer",
        whose: "provider",
        cause: "STS asks the provider about the token, and it does not answer.",
        fix: "Wait and try again a few times.",
        only: OPAQUE,
        set: &[("reachable", "no")],
        world: None,
        expect: Expect { step: "verify", code: "IDPCommunicationError", layer: None, fact: "ERR-54" },
    },
    Fault {
        id: "forged",
        title: "Somebody else signed the token",
        whose: "attacker",
        cause: "The signature does not fit the keys that the issuer publishes.",
        fix: "Nothing to mend: this is what the signature is for.",
        only: JWT,
        set: &[("signer", "stranger")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "ERR-74" },
    },
    Fault {
        id: "tampered",
        title: "Somebody changed the token",
        whose: "attacker",
        cause: "The `sub` was written over after the token had been signed.",
        fix: "Nothing to mend: this is what the signature is for.",
        only: JWT,
        set: &[("tampered", "yes")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "ERR-74" },
    },
    Fault {
        id: "clock-skew",
        title: "The provider's clock runs ahead",
        whose: "provider",
        cause: "For AWS's clock the token is not valid yet.",
        fix: "Set the issuer's clock by a time server.",
        only: JWT,
        set: &[("ahead", "3600")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "ERR-74" },
    },
    Fault {
        id: "access-token",
        title: "The app passes Google's access token",
        whose: "app",
        cause: "STS verifies ID tokens of Google; an access token is no JWT and says nothing to it.",
        fix: "Ask Google for an ID token (scope `openid`) and pass that one.",
        only: &["google"],
        set: &[("kind", "access")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "ERR-74" },
    },
    Fault {
        id: "provider-id",
        title: "ProviderId is sent with an ID token",
        whose: "app",
        cause: "ProviderId belongs to access tokens; an ID token names its issuer itself.",
        fix: "Leave ProviderId out.",
        only: JWT,
        set: &[("provider_id", "www.amazon.com")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "FED-40" },
    },
    Fault {
        id: "provider-id",
        title: "ProviderId is missing",
        whose: "app",
        cause: "Without it STS takes the access token for a JWT.",
        fix: "Send `www.amazon.com` for Login with Amazon, `graph.facebook.com` for Facebook.",
        only: OPAQUE,
        set: &[("provider_id", "")],
        world: None,
        expect: Expect { step: "verify", code: "InvalidIdentityToken", layer: None, fact: "FED-40" },
    },
    Fault {
        id: "withdrawn",
        title: "The person has withdrawn consent",
        whose: "person",
        cause: "The provider tells STS that the token is not good any longer.",
        fix: "Have the person sign in and consent again.",
        only: OPAQUE,
        set: &[("good", "no")],
        world: None,
        expect: Expect { step: "verify", code: "IDPRejectedClaim", layer: None, fact: "ERR-53" },
    },
    Fault {
        id: "missing-trust",
        title: "The role trusts another provider only",
        whose: "account",
        cause: "No statement of the trust policy names this provider.",
        fix: "Add a statement with this provider as `Federated` principal and a condition on the app id.",
        only: &["google", "amazon", "facebook"],
        set: &[],
        world: Some(|setting: &mut Setting| setting.trust("MobileAppUser", TRUST_SAML_ONLY)),
        expect: Expect { step: "trust", code: "AccessDenied", layer: Some(LayerKind::Resource), fact: "ERR-69" },
    },
    Fault {
        id: "missing-trust",
        title: "The role trusts another provider only",
        whose: "account",
        cause: "No statement of the trust policy names this provider.",
        fix: "Add a statement with this provider as `Federated` principal and a condition on the app id.",
        only: &["oidc"],
        set: &[],
        world: Some(|setting: &mut Setting| setting.trust("PartnerAppUser", TRUST_SAML_ONLY)),
        expect: Expect { step: "trust", code: "AccessDenied", layer: Some(LayerKind::Resource), fact: "ERR-69" },
    },
    Fault {
        id: "wrong-action",
        title: "The trust policy allows sts:AssumeRole",
        whose: "account",
        cause: "People with a token come through `sts:AssumeRoleWithWebIdentity`, which the trust policy does not allow.",
        fix: "Write `sts:AssumeRoleWithWebIdentity` as the action of the statement.",
        only: &["google"],
        set: &[],
        world: Some(|setting: &mut Setting| setting.trust("MobileAppUser", TRUST_WRONG_ACTION)),
        expect: Expect { step: "trust", code: "AccessDenied", layer: Some(LayerKind::Resource), fact: "ERR-69" },
    },
    Fault {
        id: "no-role",
        title: "There is no such role",
        whose: "app",
        cause: "The name in RoleArn is misspelt; AWS answers as if trust were missing, so as not to tell which roles there are.",
        fix: "Copy the ARN from the role.",
        only: &[],
        set: &[("role", "arn:aws:iam::123456789012:role/MobilAppUser")],
        world: None,
        expect: Expect { step: "trust", code: "AccessDenied", layer: Some(LayerKind::Resource), fact: "FED-31" },
    },
    Fault {
        id: "too-long",
        title: "Longer than the role allows",
        whose: "app",
        cause: "The app asks for two hours, and sessions of the role last an hour at most.",
        fix: "Ask for less, or raise the role's maximum session duration.",
        only: &[],
        set: &[("duration", "7200")],
        world: None,
        expect: Expect { step: "issue", code: "ValidationError", layer: None, fact: "ERR-62" },
    },
    Fault {
        id: "session-name",
        title: "A blank in the session name",
        whose: "app",
        cause: "Session names take letters, digits and _+=,.@- only.",
        fix: "Make the name from the person's id.",
        only: &[],
        set: &[("session", "app session")],
        world: None,
        expect: Expect { step: "ask", code: "ValidationError", layer: None, fact: "FED-29" },
    },
    Fault {
        id: "region",
        title: "STS is not active in the region",
        whose: "account",
        cause: "The account has not switched on the region that the app asks.",
        fix: "Ask a region that is active, or activate STS there.",
        only: &[],
        set: &[("region", "ap-east-1")],
        world: None,
        expect: Expect { step: "ask", code: "RegionDisabledException", layer: None, fact: "ERR-57" },
    },
    Fault {
        id: "narrow-session",
        title: "The session policy is too narrow",
        whose: "app",
        cause: "A session may do only what its session policy allows too, and this one allows writing alone.",
        fix: "Add s3:GetObject to the session policy, or pass none.",
        only: &[],
        set: &[("policy", ONLY_WRITING)],
        world: None,
        expect: Expect { step: "photo", code: "AccessDenied", layer: Some(LayerKind::Session), fact: "ERR-6" },
    },
    Fault {
        id: "someone-else",
        title: "Ben asks for Ana's photo",
        whose: "person",
        cause: "The variable in the policy stands for the id of whoever signed in, and the path has another's.",
        fix: "Nothing to mend: this is what the variable is for.",
        only: &[],
        set: &[("person", "ben")],
        world: None,
        expect: Expect { step: "photo", code: "AccessDenied", layer: Some(LayerKind::Identity), fact: "ERR-9" },
    },
    Fault {
        id: "expired-credentials",
        title: "The credentials have ended",
        whose: "app",
        cause: "The app goes on using temporary credentials after their end.",
        fix: "Get new credentials before the old ones end.",
        only: &[],
        set: &[("later", "7200")],
        world: None,
        expect: Expect { step: "photo", code: "ExpiredToken", layer: None, fact: "ERR-35" },
    },
    Fault {
        id: "scp",
        title: "The organization denies S3",
        whose: "organization",
        cause: "A service control policy above the account denies, and a deny wins over every allow.",
        fix: "Change the service control policy; nothing in the account can.",
        only: &[],
        set: &[],
        world: Some(|setting: &mut Setting| setting.control(ControlKind::Service, "NoS3", DENY_S3)),
        expect: Expect { step: "photo", code: "AccessDenied", layer: Some(LayerKind::ServiceControl), fact: "ERR-2" },
    },
];

const TRUST_SAML_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Staff",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:saml-provider/Staff" },
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } }
    }
  ]
}
"#;

const TRUST_WRONG_ACTION: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Google",
      "Effect": "Allow",
      "Principal": { "Federated": "accounts.google.com" },
      "Action": "sts:AssumeRole",
      "Condition": { "StringEquals": { "accounts.google.com:aud": "407408718192.apps.googleusercontent.com" } }
    }
  ]
}
"#;

const DENY_S3: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "NoS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }]
}
"#;

const ONLY_WRITING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*" }]
}"#;
