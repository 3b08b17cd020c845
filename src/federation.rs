//! Federation: ways from somebody who signs in to an AWS service that answers or refuses, as sequence diagrams that run.
//!
//! A [`Flow`] is data: lanes, steps, inputs, faults. [`run`] plays all of it at once against a world and gives what came of
//! every step; whoever shows it only reveals that, so that going back is exact. Every policy decision is one of the engine's
//! ([`Decided`] holds its trace), and STS answers as AWS's does ([`sts`]).
//!
//! Time is an input. So are keys and signatures: [`Seals`] holds those that a browser has made, and without them a run ends
//! the same, since who signed what is known.
//!
//! ```
//! use iam_playground::federation::{self, Inputs, Outcome, Seals};
//! use iam_playground::eval::situation::{Library, Memo};
//! use iam_playground::model::{Time, example};
//!
//! let flow = federation::flow("web-identity").unwrap();
//! let inputs = Inputs::new(flow, Time(1_800_000_000));
//! let run = federation::run(flow, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()));
//! assert!(run.played.iter().all(|played| !matches!(played.outcome, Outcome::Failed(_) | Outcome::NotReached)));
//! ```

pub mod claims;
mod credentials;
mod differences;
mod digest;
mod errors;
pub mod export;
mod flow;
pub mod flows;
pub mod identifiers;
mod idp;
pub mod instant;
pub mod jwt;
mod oidc;
mod outcome;
pub mod picture;
mod run;
pub mod saml;
pub mod scale;
mod seal;
mod setting;
mod signing;
pub mod sigv4;
mod stage;
pub mod sts;
mod table;
mod wire;
mod xml;

pub use credentials::{Caller, Credentials, Keys, asking};
pub use differences::{Difference, differences};
pub use flow::{Expect, Fault, Flow, Holds, Input, InputKind, Lane, Step, Variant};
pub use flows::{FLOWS, flow};
pub use outcome::{
    Decided, Did, Exchange, Failure, Happened, Holding, Http, Outcome, Paper, PaperKind, Played, Signed, remaining,
};
pub use run::{Inputs, Run, run, staged};
pub use seal::{Algorithm, PublicKey, Seals, Wanted};
pub use setting::Setting;
pub use sigv4::uri_encode;
pub use stage::{Call, REGION, Stage};
pub use table::table;
pub use wire::{list, outcomes};

#[cfg(test)]
mod tests;
