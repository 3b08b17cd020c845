//! Whether a statement matches the request.

use serde_json::{Value, json};

use super::condition;
use super::fault::Fault;
use super::principal::{self, Class};
use super::question::{Caller, Question, many, text};
use super::resource::{action_matches, resource_matches};
use super::variable::Variables;

/// Whose policies they are, as far as it matters to what they match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An SCP or RCP.
    Organization,
    /// The trust policy of a role.
    Trust,
    /// Any other policy.
    Account,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Allow,
    Deny,
}

/// The statements of a document with an effect that match, each with how directly it names the caller.
///
/// Policies without a Principal element name nobody and count as [`Class::Direct`].
pub fn matching(question: &Question, origin: Origin, document: &Value, effect: Effect) -> Vec<Class> {
    let faults = question.faults;
    // POL-10, POL-11: without a version the document is of 2008 and knows no variables.
    let new = text(&document["Version"]) == "2012-10-17" && !faults.has(Fault::VariablesNowhere);
    let variables = if new || faults.has(Fault::VariablesIn2008) { Variables::Resolved } else { Variables::Literal };
    let name = match effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    many(&document["Statement"])
        .filter(|statement| statement["Effect"] == name)
        .filter(|statement| {
            action_element(question, statement)
                && resource_element(question, origin, statement, variables)
                && condition::holds(question, &statement["Condition"], variables)
        })
        .map(|statement| principal_element(question, origin, effect, statement))
        .filter(|class| *class != Class::None)
        .collect()
}

fn principal_element(question: &Question, origin: Origin, effect: Effect, statement: &Value) -> Class {
    match (&statement["Principal"], &statement["NotPrincipal"]) {
        (Value::Null, Value::Null) => Class::Direct,
        // EVAL-125, EVAL-127.
        (Value::Null, list) if principal::is_exempt(question, list) => Class::None,
        (Value::Null, _) => Class::Direct,
        // EVAL-95: it takes the Federated principal.
        (element, _)
            if origin == Origin::Trust
                && effect == Effect::Allow
                && matches!(question.caller, Caller::Federated { .. })
                && !question.faults.has(Fault::EveryoneIsFederated) =>
        {
            let providers: Vec<&Value> = many(&element["Federated"]).collect();
            principal::class(question, &json!({ "Federated": providers }))
        }
        (element, _) => principal::class(question, element),
    }
}

fn action_element(question: &Question, statement: &Value) -> bool {
    let is = |entry: &Value| action_matches(question, text(entry));
    match &statement["NotAction"] {
        Value::Null => many(&statement["Action"]).any(is),
        // POL-29: none of them.
        list if question.faults.has(Fault::NotActionAny) => !many(list).all(is),
        list => !many(list).any(is),
    }
}

fn resource_element(question: &Question, origin: Origin, statement: &Value, variables: Variables) -> bool {
    let faults = question.faults;
    let is = |entry: &Value| resource_matches(question, origin, text(entry), variables);
    match (&statement["Resource"], &statement["NotResource"]) {
        // Trust policies are about their role (POL-22, EVAL-98).
        (Value::Null, Value::Null) => true,
        (Value::Null, _) if faults.has(Fault::ResourcelessNotResource) && question.resource.is_none() => false,
        // POL-29: none of them; EVAL-5: also for a request without a resource.
        (Value::Null, list) if faults.has(Fault::NotResourceAny) => !many(list).all(is),
        (Value::Null, list) => !many(list).any(is),
        (list, _) => many(list).any(is),
    }
}
