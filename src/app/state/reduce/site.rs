//! Files that are wanted, on their way, here, or lost.

use crate::app::state::{DataFile, State};

use super::world;

pub fn want_actions(state: &mut State) -> bool {
    let first = !state.site.actions_wanted;
    if first {
        state.site.make_mut().actions_wanted = true;
    }
    first
}

pub fn request(state: &mut State, file: DataFile) -> bool {
    state.site.make_mut().begin(file);
    true
}

pub fn arrive(state: &mut State, file: DataFile, text: Result<String, String>) -> bool {
    state.site.make_mut().arrive(file, text.as_deref().map_err(Clone::clone));
    match file {
        DataFile::Actions => {
            if let Some(catalog) = state.site.actions.ready() {
                let account = state.asked.account.clone();
                let asked = state.asked.make_mut();
                // Wildcards can be read now.
                if asked.actions.problem.is_some() {
                    asked.type_actions(asked.actions.text.clone(), Some(catalog));
                }
                asked.fit_resource(catalog, &account);
            }
        }
        DataFile::ManagedShard(_) => world::attach_chosen(state),
        DataFile::ManagedIndex | DataFile::Manifest => {}
    }
    true
}

pub fn retry(state: &mut State, file: DataFile) -> bool {
    state.site.make_mut().reset(file);
    true
}
