//! What differs between two runs, step by step: two ways of a flow beside each other.

use std::collections::BTreeMap;

use super::outcome::Played;
use super::run::Run;

/// Something that is otherwise in the other run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Name of the step.
    pub step: &'static str,
    /// What: the message, the outcome, the code of the error, or a parameter of the request.
    pub what: String,
    /// In this run.
    pub here: Option<String>,
    /// In the other one.
    pub there: Option<String>,
}

/// Longest value that is worth comparing letter by letter; tokens differ anyhow.
const LONG: usize = 70;

/// What differs, in the order of the steps of this run, then what only the other one has.
pub fn differences(here: &Run, there: &Run) -> Vec<Difference> {
    let mut found = Vec::new();
    let of = |run: &Run, id: &str| run.played.iter().find(|played| played.step.id == id).cloned();
    let only_there = there.played.iter().filter(|played| of(here, played.step.id).is_none());
    let ids = here.played.iter().chain(only_there).map(|played| played.step.id);
    for id in ids {
        let (one, other) = (of(here, id), of(there, id));
        let mut differ = |what: &str, read: &dyn Fn(&Played) -> Option<String>| {
            let (here, there) = (one.as_ref().and_then(read), other.as_ref().and_then(read));
            if here != there {
                found.push(Difference { step: id, what: what.to_owned(), here, there });
            }
        };
        differ("message", &|played| Some(played.step.message.to_owned()));
        differ("outcome", &|played| Some(played.outcome.id().to_owned()));
        differ("error", &|played| played.failure().map(|failure| failure.code.clone()));
        let (sent, received) = (one.as_ref().map(parameters), other.as_ref().map(parameters));
        let names: std::collections::BTreeSet<String> =
            sent.iter().chain(&received).flat_map(BTreeMap::keys).cloned().collect();
        for name in names {
            differ(&name, &|played| parameters(played).remove(&name));
        }
    }
    found
}

/// The parameters of the request of a step, where it is a form. What is long is told by its length.
fn parameters(played: &Played) -> BTreeMap<String, String> {
    let body = played.exchange.as_ref().map_or("", |exchange| &exchange.request.body);
    let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
    let shown = |value: &str| match value.len() {
        length if length > LONG => "a long text".to_owned(),
        _ => value.replace("%3A", ":").replace("%2F", "/"),
    };
    pairs.map(|(name, value)| (name.to_owned(), shown(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::situation::{Library, Memo};
    use crate::federation::{self, Inputs, Seals};
    use crate::model::{Time, example};

    fn run(variant: &str) -> Run {
        let flow = federation::flow("web-identity").expect("the flow");
        let variant = flow.variant(variant).expect("the variant");
        let inputs = Inputs { variant, ..Inputs::new(flow, Time(1_796_115_600)) };
        let world = example::primer();
        federation::run(flow, &world, &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
    }

    #[test]
    fn google_gives_an_id_token_and_facebook_an_access_token_with_provider_id() {
        let found = differences(&run("google"), &run("facebook"));
        let one = |what: &str| found.iter().find(|difference| difference.what == what).expect("a difference");
        let token = one("message");
        assert_eq!(
            (token.step, token.here.as_deref(), token.there.as_deref()),
            ("token", Some("ID token"), Some("Access token"))
        );
        let provider = one("ProviderId");
        assert_eq!(
            (provider.step, provider.here.as_deref(), provider.there.as_deref()),
            ("ask", None, Some("graph.facebook.com"))
        );
        assert_eq!(differences(&run("google"), &run("google")), []);
    }
}
