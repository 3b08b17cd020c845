//! The columns of a matrix: actions that a person names, each with what it is asked on.

use crate::catalog::{AccessLevel, Action, Service};
use crate::eval::Resource;
use crate::ident::{ActionName, Case, Pattern};

use super::targets::{Things, Types};
use super::{Inputs, Origin, Target, Terms};

/// Columns that a matrix has at most.
pub const MOST_COLUMNS: usize = 60;
/// Actions of each level that stand for their service.
const TELLING: usize = 2;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The action.
    pub action: ActionName,
    /// Its level; `None` where the catalogue does not have it.
    pub level: Option<AccessLevel>,
    /// What it is asked on.
    pub target: Target,
}

/// The columns that a text names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// By level, as many as there may be.
    pub columns: Vec<Column>,
    /// How many there would be.
    pub named: usize,
    /// Words that name no action.
    pub strangers: Vec<String>,
}

impl Columns {
    /// Reads names and wildcards between commas or spaces. Nothing at all stands for the action of the question and the most
    /// telling ones of its service: the shortest names of each level.
    pub fn read(inputs: &Inputs<'_>, terms: &Terms, text: &str) -> Self {
        let mut found = Self::default();
        let mut named: Vec<(Option<AccessLevel>, ActionName)> = Vec::new();
        let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        if words.is_empty() {
            named = telling(inputs, terms);
        }
        for word in words {
            let matching = matching(inputs, word);
            match ActionName::parse(word) {
                _ if !matching.is_empty() => named.extend(matching),
                // The policies may name an action that the catalogue does not know.
                Ok(action) => named.push((None, action)),
                Err(_) => found.strangers.push(word.to_owned()),
            }
        }
        let mut kept: Vec<(Option<AccessLevel>, ActionName)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for (level, action) in named {
            if seen.insert(action.folded().to_owned()) {
                kept.push((level, action));
            }
        }
        // Those without a level last.
        kept.sort_by_key(|(level, _)| (level.is_none(), *level));
        found.named = kept.len();
        kept.truncate(MOST_COLUMNS);
        let places = Places::new(inputs, terms);
        found.columns = kept
            .into_iter()
            .map(|(level, action)| Column { target: places.target(inputs, &action), action, level })
            .collect();
        found
    }
}

fn name(service: &Service, action: &Action) -> Option<ActionName> {
    ActionName::parse(&format!("{}:{}", service.prefix, action.name)).ok()
}

fn matching(inputs: &Inputs<'_>, word: &str) -> Vec<(Option<AccessLevel>, ActionName)> {
    let pattern = Pattern::glob(&word.to_ascii_lowercase(), Case::Sensitive);
    let services = inputs.catalog.services().iter();
    let actions = services.flat_map(|service| service.actions.iter().map(move |action| (service, action)));
    let found = actions.filter(|(_, action)| pattern.matches(action.folded()));
    found.filter_map(|(service, action)| Some((Some(action.level), name(service, action)?))).collect()
}

fn telling(inputs: &Inputs<'_>, terms: &Terms) -> Vec<(Option<AccessLevel>, ActionName)> {
    let Some((asked, _)) = terms.target() else { return Vec::new() };
    let level = inputs.catalog.action(&asked).map(|(_, action)| action.level);
    let mut found = vec![(level, asked.clone())];
    for service in inputs.catalog.services().iter().filter(|service| *service.prefix == *asked.service()) {
        for level in AccessLevel::ALL {
            let mut of_level: Vec<&Action> = service.actions.iter().filter(|action| action.level == level).collect();
            of_level.sort_by_key(|action| action.name.len());
            let telling = of_level.into_iter().take(TELLING);
            found.extend(telling.filter_map(|action| Some((Some(level), name(service, action)?))));
        }
    }
    found
}

/// Where columns are asked on.
struct Places {
    things: Things,
    asked: Option<(ActionName, Resource)>,
}

impl Places {
    fn new(inputs: &Inputs<'_>, terms: &Terms) -> Self {
        Self { things: Things::new(inputs.world, &terms.asking.account), asked: terms.target() }
    }

    /// The resource of the question where the action takes it, else the first of its types that the world has, else an example.
    fn target(&self, inputs: &Inputs<'_>, action: &ActionName) -> Target {
        let of_question = |resource: &Resource| Target { resource: resource.clone(), origin: Origin::Question };
        let known = inputs.catalog.action(action);
        let asked = self.asked.as_ref();
        if let Some((_, resource)) = asked.filter(|(asked, _)| asked.is_same_as(action) || known.is_none()) {
            return match resource {
                Resource::None => Target { resource: Resource::None, origin: Origin::Nothing },
                Resource::Arn(_) => of_question(resource),
            };
        }
        let nothing = Target { resource: Resource::None, origin: Origin::Nothing };
        let Some((service, known)) = known else { return nothing };
        if let Some((_, resource @ Resource::Arn(arn))) = asked {
            let types = Types::new(service).of(arn);
            if known.resources.iter().any(|(at, _)| types.contains(&usize::from(*at))) {
                return of_question(resource);
            }
        }
        let kinds = self.things.kinds(service);
        kinds.of_action(known).into_iter().next().unwrap_or(nothing)
    }
}
