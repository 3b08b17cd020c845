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
        let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let mut named = match words.is_empty() {
            true => telling(inputs, terms),
            false => Named::default(),
        };
        named.find(inputs, &words);
        let places = Places::new(inputs, terms);
        let count = named.by_level.iter().map(Vec::len).sum::<usize>() + named.unknown.len();
        let levels = AccessLevel::ALL.map(Some).into_iter().chain([None]);
        let of_level = levels.zip(named.by_level.into_iter().chain([named.unknown]));
        let columns = of_level.flat_map(|(level, actions)| actions.into_iter().map(move |action| (level, action)));
        let columns = columns.take(MOST_COLUMNS);
        Self {
            columns: columns
                .map(|(level, action)| Column { target: places.target(inputs, &action), action, level })
                .collect(),
            named: count,
            strangers: named.strangers,
        }
    }
}

/// The actions that words name.
#[derive(Default)]
struct Named {
    by_level: [Vec<ActionName>; AccessLevel::ALL.len()],
    unknown: Vec<ActionName>,
    strangers: Vec<String>,
}

impl Named {
    /// Takes every action that a word names, once, in the order of the catalogue.
    fn find(&mut self, inputs: &Inputs<'_>, words: &[&str]) {
        let patterns: Vec<Pattern> =
            words.iter().map(|word| Pattern::glob(&word.to_ascii_lowercase(), Case::Sensitive)).collect();
        let mut matched = vec![false; words.len()];
        for service in inputs.catalog.services() {
            for action in &service.actions {
                let mut wanted = false;
                for (pattern, matched) in patterns.iter().zip(&mut matched) {
                    let matches = pattern.matches(action.folded());
                    (wanted, *matched) = (wanted || matches, *matched || matches);
                }
                if wanted {
                    self.push(Some(action.level), name(service, action));
                }
            }
        }
        for (word, _) in words.iter().zip(matched).filter(|(_, matched)| !matched) {
            match ActionName::parse(word) {
                // The policies may name an action that the catalogue does not know.
                Ok(action) if self.unknown.iter().any(|known| known.is_same_as(&action)) => {}
                Ok(action) => self.push(None, Some(action)),
                Err(_) => self.strangers.push((*word).to_owned()),
            }
        }
    }

    fn push(&mut self, level: Option<AccessLevel>, action: Option<ActionName>) {
        let list = match level {
            Some(level) => self.by_level.get_mut(level as usize),
            None => Some(&mut self.unknown),
        };
        if let (Some(list), Some(action)) = (list, action) {
            list.push(action);
        }
    }
}

fn name(service: &Service, action: &Action) -> Option<ActionName> {
    ActionName::parse(&format!("{}:{}", service.prefix, action.name)).ok()
}

/// The action of the question, and the shortest names of each level of its service.
fn telling(inputs: &Inputs<'_>, terms: &Terms) -> Named {
    let mut found = Named::default();
    let Some((asked, _)) = terms.target() else { return found };
    let level = inputs.catalog.action(&asked).map(|(_, action)| action.level);
    found.push(level, Some(asked.clone()));
    for service in inputs.catalog.services().iter().filter(|service| *service.prefix == *asked.service()) {
        for level in AccessLevel::ALL {
            let mut taken: Vec<&Action> = Vec::new();
            for _ in 0..TELLING {
                let left = service.actions.iter().filter(|action| {
                    action.level == level
                        && *action.folded() != *asked.folded()
                        && !taken.iter().any(|known| known.folded() == action.folded())
                });
                taken.extend(left.min_by_key(|action| action.name.len()));
            }
            taken.into_iter().for_each(|action| found.push(Some(level), name(service, action)));
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
