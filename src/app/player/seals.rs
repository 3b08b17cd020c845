//! Has the browser make the keys and signatures that a run wanted, and the managed policies that it lacked.

use std::sync::Arc;

use yew::prelude::*;

use super::stand::{Action, Stand};
use super::walk::Act;
use crate::app::ByPtr;
use crate::app::platform::{fetch, seals, task};
use crate::catalog::{ManagedIndex, parse_shard};
use crate::eval::situation::Library;
use crate::federation::Run;

/// Fetches and makes what the run lacked; what arrives is handed to where somebody stands, which then runs again.
#[hook]
pub fn use_seals(stand: &Stand, run: &ByPtr<Run>, act: &Act) {
    let working = use_mut_ref(|| None);
    use_effect_with((stand.seals.clone(), run.clone()), {
        let (act, working) = (act.clone(), working.clone());
        move |(known, run)| {
            if !run.wanted.is_empty() {
                let work = seals::made((**known).clone(), run.wanted.clone());
                let then = Callback::from(move |made: Result<_, _>| {
                    // Without WebCrypto the placeholders stay; what comes of a run does not depend on them.
                    if let Ok(made) = made {
                        act.emit(Action::Sealed(ByPtr::new(made)));
                    }
                });
                *working.borrow_mut() = Some(task::spawn(work, then));
            }
        }
    });
    let fetching = use_mut_ref(|| None);
    use_effect_with((stand.library.clone(), run.clone()), {
        let act = act.clone();
        move |(library, run)| {
            if !run.missing.is_empty() {
                let then = Callback::from(move |library: Option<Library>| {
                    if let Some(library) = library {
                        act.emit(Action::Arrived(ByPtr::new(library)));
                    }
                });
                let work = with((**library).clone(), run.missing.clone());
                *fetching.borrow_mut() = Some(task::spawn(work, then));
            }
        }
    });
}

/// The library with these policies; `None` when nothing came, so that it is not asked for again and again.
async fn with(library: Library, missing: Vec<Arc<str>>) -> Option<Library> {
    let index = ManagedIndex::parse(&fetch::text("data/managed/index.txt").await.ok()?).ok()?;
    let mut with = library;
    let mut found = false;
    for arn in missing {
        let Some(entry) = index.find(&arn) else { continue };
        let shard = fetch::text(&format!("data/managed/{:02}.txt", entry.shard)).await.ok()?;
        for policy in parse_shard(&shard).ok()?.into_iter().filter(|policy| policy.arn == arn) {
            with = with.with(policy.arn, policy.document);
            found = true;
        }
    }
    found.then_some(with)
}
