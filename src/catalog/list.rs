//! Lists of actions as people write them: names and wildcards, with commas or spaces between.

use thiserror::Error;

use super::Catalog;
use crate::ident::action::ActionNameError;
use crate::ident::{ActionName, Case, Pattern};

/// Why a text is no list of actions.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ActionListError {
    /// One of its words is no action.
    #[error("{0}")]
    Name(#[from] ActionNameError),
    /// A wildcard, and nothing at hand that it could stand for.
    #[error("`{0}` has a wildcard, and the list of AWS actions is not here yet")]
    Waiting(String),
    /// A wildcard that stands for nothing.
    #[error("no action of AWS matches `{0}`")]
    Nothing(String),
    /// More actions than are wanted.
    #[error("this names more than {0} actions: narrow the wildcard, or see them all under Tables")]
    TooMany(usize),
}

/// The actions that `text` names, each once, in its order; those of a wildcard by service and name. At least one.
pub fn read_actions(text: &str, catalog: Option<&Catalog>, most: usize) -> Result<Vec<ActionName>, ActionListError> {
    let mut found: Vec<ActionName> = Vec::new();
    let mut words = text.split([',', ' ', '\n', '\t']).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        ActionName::parse("")?;
    }
    for word in words {
        let named = match (word.contains(['*', '?']), catalog) {
            (false, _) => vec![ActionName::parse(word)?],
            (true, None) => return Err(ActionListError::Waiting(word.to_owned())),
            (true, Some(catalog)) => matching(word, catalog),
        };
        if named.is_empty() {
            return Err(ActionListError::Nothing(word.to_owned()));
        }
        for action in named {
            if !found.iter().any(|known| known.is_same_as(&action)) {
                found.push(action);
            }
        }
        if found.len() > most {
            return Err(ActionListError::TooMany(most));
        }
    }
    Ok(found)
}

fn matching(word: &str, catalog: &Catalog) -> Vec<ActionName> {
    let pattern = Pattern::glob(word, Case::Insensitive);
    let actions = catalog.services().iter().flat_map(|service| service.actions.iter().map(move |one| (service, one)));
    let matching = actions.filter(|(_, action)| pattern.matches(action.folded()));
    matching
        .filter_map(|(service, action)| ActionName::parse(&format!("{}:{}", service.prefix, action.name)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog() -> Catalog {
        Catalog::parse("S\tsqs\tAmazon SQS\nA\tCreateQueue\tW\nA\tListQueues\tL\nS\ts3\tAmazon S3\nA\tGetObject\tR\nA\tGetBucketAcl\tR").expect("a catalogue")
    }

    fn read(text: &str) -> Result<Vec<String>, String> {
        let found = read_actions(text, Some(&catalog()), 3);
        found.map(|list| list.iter().map(ToString::to_string).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn names_and_wildcards_stand_in_one_list() {
        assert_eq!(read("s3:getobject"), Ok(vec!["s3:getobject".to_owned()]));
        assert_eq!(read("ec2:RunInstances, s3:Get*").map(|list| list.len()), Ok(3));
        assert_eq!(read("S3:GetObject s3:GetObj?ct").map(|list| list.len()), Ok(1), "each once");
    }

    #[test]
    fn what_cannot_be_asked_about_is_told_so() {
        assert_eq!(read("s3:Frob*"), Err("no action of AWS matches `s3:Frob*`".to_owned()));
        assert!(read("*").expect_err("too many").starts_with("this names more than 3 actions"));
        assert!(read(" ").expect_err("nothing").starts_with("There is no action"));
        let waiting = read_actions("s3:*", None, 3).map_err(|error| error.to_string());
        assert_eq!(waiting, Err("`s3:*` has a wildcard, and the list of AWS actions is not here yet".to_owned()));
    }
}
