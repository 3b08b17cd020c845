//! The top of the page: its name, the world, the account, the palette and the theme.

use yew::prelude::*;

use super::kept::status_words;
use crate::app::components::{Act, IconName, icon, icon_with, segments};
use crate::app::hooks::use_dispatch;
use crate::app::platform::theme::{self, Theme};
use crate::app::state::inspect::Object;
use crate::app::state::{Dialog, Event as StateEvent, SignedIn, State, sign_in};
use crate::model::PrincipalRef;

const THEMES: &[&str] = &["System", "Light", "Dark"];

/// The top of the page.
pub fn top_bar(state: &State) -> Html {
    let name = &state.world.name;
    let account = state.account();
    html! {
        <header class="top-bar">
            <div class="top-bar__inner">
                <h1 class="top-bar__name">{ icon_with(IconName::Logo, "logo") }{ "IAM Playground" }</h1>
                <div class="top-bar__world">
                    <Act class="world-button" event={StateEvent::DialogOpened(Dialog::Worlds)} label={format!("World {name}: save, open, rename")}>
                        <span class="world-button__name">{ name.to_string() }</span>{ icon(IconName::Down) }
                    </Act>
                    { status_words(&state.shelf) }
                </div>
                <span class="top-bar__account">
                    if let Some(SignedIn { principal, .. }) = &state.asked.signed_in {
                        <span class="mono" id="signed-in">{ sign_in::shown(&account, principal) }</span>
                        { own_sheet(principal) }
                        <Act event={StateEvent::SignedOut} then_focus="sign-in-button">{ "Sign out" }</Act>
                    } else {
                        <Act event={StateEvent::ActedAs(state.asked.principal.clone())} label={format!("Act as {}", state.asked.principal)}>{ "Act as" }</Act>
                        <span class="top-bar__number">{ "Account " }<span class="mono">{ account.shown() }</span></span>
                        <Act event={StateEvent::DialogOpened(Dialog::SignIn)} id="sign-in-button">{ "Sign in" }</Act>
                    }
                </span>
                <Act class="search-button" event={StateEvent::DialogOpened(Dialog::Palette)} id="search-button">
                    { icon(IconName::Search) }<span>{ "Search or add…" }</span><kbd class="search-button__key" aria-hidden="true">{ "Ctrl K" }</kbd>
                </Act>
                <div class="top-bar__tools">
                    <a class="button" id="flows-link" href="#/flows">{ "Flows" }</a>
                    <Act event={StateEvent::LearnToggled} pressed={state.view.learning} class="button">{ "Learn mode" }</Act>
                    <ThemeSwitch chosen={state.theme} />
                </div>
            </div>
        </header>
    }
}

/// The entry of the account menu that belongs to whoever has signed in.
fn own_sheet(principal: &PrincipalRef) -> Html {
    let object = match principal {
        PrincipalRef::Root => Object::Root,
        PrincipalRef::User(name) => Object::User(name.clone()),
        _ => return Html::default(),
    };
    html! { <Act event={StateEvent::DialogOpened(Dialog::Inspect(object))}>{ "Security credentials" }</Act> }
}

#[derive(Properties, PartialEq)]
struct ThemeSwitchProps {
    chosen: Option<Theme>,
}

/// System, light or dark. The choice is kept where the browser allows; elsewhere it lasts for the visit.
#[component]
fn ThemeSwitch(props: &ThemeSwitchProps) -> Html {
    let dispatch = use_dispatch();
    use_effect_with((), {
        let dispatch = dispatch.clone();
        move |()| dispatch.dispatch(StateEvent::ThemeChosen(theme::kept()))
    });
    use_effect_with(props.chosen, |chosen| {
        // Refused means not kept: the page shows the theme all the same, and the next visit follows the system.
        drop(chosen.map(theme::choose));
    });
    let onchoose = use_callback(dispatch, |at: usize, dispatch| {
        dispatch.dispatch(StateEvent::ThemeChosen(Theme::ALL.get(at).copied().unwrap_or_default()));
    });
    segments("theme", "Theme", THEMES, props.chosen.unwrap_or_default().position(), &onchoose)
}
