//! What users, identity providers, STS and services send each other to get credentials: tokens, assertions, signed requests.
//!
//! Every text here is a real one: a JSON Web Token or a SAML response can be given to any library and verified. Only the
//! values that AWS makes up, such as access keys, are stand-ins ([`identifiers`]).
//!
//! Signing with a private key is for the browser. A run asks [`seal::Sealing`] for signatures and answers and goes on with
//! the ideal ones where they are not there yet; so a run is pure, and comes to the same end without any browser.

pub mod claims;
mod digest;
pub mod identifiers;
pub mod instant;
pub mod jwt;
pub mod saml;
pub mod seal;
pub mod sigv4;
mod xml;
