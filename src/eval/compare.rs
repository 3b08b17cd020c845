//! One entry of a policy beside what the request has for it, for people who look at one cell of a trace. It asks the same
//! compiled patterns as the run that decided; see [`crate::ident::pattern::Alignment`].

use crate::eval::compile::{Bindings, Variables, action_pattern, arn_line, compile_condition, resource_entry};
use crate::eval::resource::ResourceEntry;
use crate::eval::trace::{ConditionTrace, PolicyTrace};
use crate::eval::{Context, LayerKind, Request, Resource, operator};
use crate::ident::pattern::{Alignment, NoSlots};
use crate::ident::{ActionName, Case, Pattern, Slots, Token};
use crate::policy::variable::Variable;
use crate::policy::{BaseOperator, Condition, Operator, PolicyKind, Version};
use crate::text::Spanned;

/// One entry or value beside one text of the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Whether they are equal, a Not form not considered.
    pub equal: bool,
    /// The two side by side; `None` where the operator does not compare letters, or one of them is no text of its kind.
    pub alignment: Option<Alignment>,
    /// The variables of the entry, in order; a slot of the alignment is a position here.
    pub variables: Vec<Filled>,
}

/// A variable with what the request has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The key in lower case.
    pub key: String,
    /// Its text in this request; `None` leaves the entry without any.
    pub value: Option<String>,
    /// Whether the text is the default that the policy gives (POL-125).
    pub is_default: bool,
}

/// An entry of Action beside the action (POL-55…58).
pub fn action(entry: &str, action: &ActionName) -> Compared {
    let pattern = action_pattern(entry);
    of(pattern.and_then(|pattern| pattern.align(action.as_str(), &NoSlots)), Vec::new())
}

/// An entry of Resource, in a policy of a layer, beside the resource (POL-60…70).
pub fn resource(entry: &str, policy: &PolicyTrace, layer: LayerKind, request: &Request) -> Compared {
    // Only organizations' policies read short ARNs in another way (POL-65).
    let kind = match layer {
        LayerKind::ServiceControl => PolicyKind::ServiceControl,
        LayerKind::ResourceControl => PolicyKind::ResourceControl,
        _ => PolicyKind::Identity,
    };
    let mut variables = Variables::default();
    let compiled = resource_entry(entry, policy.version(), kind, &mut variables);
    let variables = variables.into_list();
    let bindings = Bindings { variables: &variables, context: &request.context };
    let alignment = match (&compiled, &request.resource) {
        (ResourceEntry::Any, asked) => {
            let text = if let Resource::Arn(arn) = asked { &**arn } else { "*" };
            Pattern::glob("*", Case::Sensitive).align(text, &NoSlots)
        }
        (ResourceEntry::Pattern(pattern), Resource::Arn(arn)) => pattern.align(arn, &bindings),
        (ResourceEntry::Pattern(_), Resource::None) | (ResourceEntry::NotAnArn, _) => None,
    };
    of(alignment, filled(&variables, &request.context))
}

/// A text without wildcards beside another, such as the ARN of a principal.
pub fn text(entry: &str, actual: &str) -> Compared {
    of(plain(entry).align(actual, &NoSlots), Vec::new())
}

/// The value of a condition at a position beside one value of the request, with the operator's own type or another's.
pub fn value(
    condition: ConditionTrace<'_>,
    at: usize,
    actual: &str,
    policy: &PolicyTrace,
    request: &Request,
    operator: Operator,
) -> Compared {
    let Some(wanted) = condition.expected().nth(at) else { return Compared::default() };
    let unplaced = |text: &str| Spanned { value: text.to_owned(), span: wanted.span };
    let single = Condition {
        operator: Ok(operator),
        operator_text: unplaced(condition.operator_text),
        key: unplaced(condition.key),
        values: vec![unplaced(wanted.text)],
        span: condition.span,
    };
    let mut variables = Variables::default();
    let compiled = compile_condition(&single, policy.version(), &mut variables);
    let variables = variables.into_list();
    let bindings = Bindings { variables: &variables, context: &request.context };
    let equal = operator::equals_any(operator, &compiled, actual, &bindings);
    let alignment = letters(operator.base, wanted.text, actual, policy.version(), &bindings);
    // Where the two disagree, as for a text that is no ARN, the letters are beside the point.
    let alignment = alignment.filter(|found| found.difference.is_none() == equal);
    Compared { equal, alignment, variables: filled(&variables, &request.context) }
}

fn letters(
    base: BaseOperator,
    wanted: &str,
    actual: &str,
    version: Version,
    bindings: &Bindings<'_>,
) -> Option<Alignment> {
    let mut variables = Variables::default();
    let tokens = crate::eval::compile::value_tokens(base, wanted, version, &mut variables)?;
    match base {
        BaseOperator::ArnEquals | BaseOperator::ArnLike => arn_line(tokens, bindings)?.align(actual, &NoSlots),
        BaseOperator::StringEqualsIgnoreCase if !actual.is_ascii() => {
            let text = Pattern::new(tokens).resolved(bindings, usize::MAX)?;
            plain(&text.to_lowercase()).align(&actual.to_lowercase(), &NoSlots)
        }
        _ => Pattern::new(tokens).align(actual, bindings),
    }
}

fn plain(text: &str) -> Pattern {
    Pattern::new([Token::Text(text.into(), Case::Sensitive)])
}

fn of(alignment: Option<Alignment>, variables: Vec<Filled>) -> Compared {
    let equal = alignment.as_ref().is_some_and(|found| found.difference.is_none());
    Compared { equal, alignment, variables }
}

fn filled(variables: &[Variable], context: &Context) -> Vec<Filled> {
    let bindings = Bindings { variables, context };
    let one = |(at, variable): (u32, &Variable)| Filled {
        key: variable.key.to_string(),
        value: bindings.slot(at).map(str::to_owned),
        is_default: context.folded(&variable.key).is_none(),
    };
    (0..).zip(variables).map(one).collect()
}
