//! The workbench: a question that is always in sight, its answer, why, the policies, and the world they hang in.

mod about;
mod action_field;
mod advice;
pub mod alignment;
mod among;
mod attach;
mod cell;
mod checks_pane;
mod circuit;
mod editor;
mod findings;
mod footer;
mod gate;
mod graph;
mod inspector;
mod json_view;
mod kept;
mod keys;
mod membership;
mod new_inline;
mod new_thing;
mod new_user;
mod palette;
mod permissions;
mod pins_pane;
mod policy_list;
mod policy_pane;
mod principal_field;
mod question;
mod recent;
mod resource_field;
mod session;
mod sign_in;
mod statement;
mod statements;
mod tables_pane;
mod timeline;
mod top_bar;
mod trial_bar;
mod verdict;
mod when;
mod when_add;
mod when_row;
mod why_pane;
mod world_pane;
mod worlds;

use yew::prelude::*;

use self::about::about_dialog;
use self::attach::AttachDialog;
use self::checks_pane::ChecksPane;
use self::footer::footer;
use self::graph::Graph;
use self::inspector::Inspector;
use self::kept::notices;
use self::keys::keys_dialog;
use self::new_inline::NewInlineDialog;
use self::new_thing::NewThingDialog;
use self::new_user::NewUserDialog;
use self::palette::PaletteDialog;
use self::pins_pane::PinsPane;
use self::policy_pane::{PolicyPane, applying};
use self::question::Question;
use self::sign_in::SignInDialog;
use self::tables_pane::TablesPane;
use self::timeline::TimelineDialog;
use self::top_bar::top_bar;
use self::trial_bar::trial_bar;
use self::verdict::{drawing, verdict};
use self::when::when;
use self::why_pane::WhyPane;
use self::world_pane::WorldPane;
use self::worlds::WorldsDialog;
use crate::app::ByPtr;
use crate::app::components::{LiveRegion, Refusing, Tabs, icon, panel_id, plain, tab_id};
use crate::app::hooks::{use_carrying, use_media_query};
use crate::app::state::advice::Advice;
use crate::app::state::pins::{Row, count};
use crate::app::state::trial::Tried;
use crate::app::state::{Answer, Checks, Dialog, Outcome, State, Tab, checks, verdict_word};
use crate::diagram::connect::Carried;
use crate::explain::verdict_name;

/// Where three panes stand side by side; the same width as in `layout.css`.
const WIDE: &str = "(min-width: 75rem)";

/// What the workbench shows.
#[derive(Clone, Copy, Debug)]
pub struct Workbench<'a> {
    /// The state.
    pub state: &'a State,
    /// Its answer.
    pub outcome: &'a Outcome,
    /// What the checks find, once it is known.
    pub checks: Option<&'a ByPtr<Checks>>,
    /// What would change the answer, once it is known.
    pub advice: Option<&'a ByPtr<Advice>>,
    /// What comes of the pins.
    pub pins: &'a ByPtr<Vec<Row>>,
    /// What comes of what is tried, if anything is.
    pub tried: Option<&'a Tried>,
}

/// The workbench.
pub fn workbench(shown: &Workbench) -> Html {
    let Workbench { state, outcome, checks, advice, pins, tried } = *shown;
    let spoken = spoken(outcome, tried);
    html! {
        <div class="workbench">
            { top_bar(state) }
            { notices(&state.shelf) }
            <main class="workbench__main">
                <div class="ask">
                    <div class="ask__inner">
                        <Question account={state.account()} asked={&state.asked} site={&state.site} answer={outcome.answer().cloned()}
                            when_open={state.view.when_open} />
                        if state.view.when_open && let Some(answer) = outcome.answer() {
                            { when(answer, &state.asked) }
                        }
                        { verdict(outcome, state) }
                        if let Some(tried) = tried {
                            { trial_bar(tried, outcome.answer().map(|answer| answer.verdict())) }
                        }
                    </div>
                </div>
                <Panes state={ByPtr::new(state.clone())} answer={outcome.answer().cloned()} checks={checks.cloned()} advice={advice.cloned()} pins={pins.clone()} />
                { strip(outcome) }
            </main>
            { footer(&state.site, checks, pins) }
            <ContextProvider<Refusing> context={Refusing(state.view.refused.clone())}>
                { dialog(state) }
            </ContextProvider<Refusing>>
            <LiveRegion text={spoken} />
        </div>
    }
}

/// What is said once, whenever it changes: the answer, and while something is tried, what it was before.
fn spoken(outcome: &Outcome, tried: Option<&Tried>) -> String {
    let Some(answer) = outcome.answer() else { return String::new() };
    let before = tried.and_then(|tried| tried.base.as_ref()).map(|base| match base.verdict() == answer.verdict() {
        true => " What if: as before.".to_owned(),
        false => format!(" What if: before, {}.", verdict_name(base.verdict()).to_lowercase()),
    });
    plain(&answer.sentence) + &before.unwrap_or_default()
}

/// The verdict once more for narrow screens, where the answer scrolls away. It says nothing new, so it is only seen.
fn strip(outcome: &Outcome) -> Html {
    let Some(answer) = outcome.answer() else { return Html::default() };
    html! {
        <div class="verdict-strip" data-outcome={verdict_word(answer.verdict())} aria-hidden="true">
            { icon(drawing(answer.verdict())) }{ verdict_name(answer.verdict()) }
        </div>
    }
}

fn dialog(state: &State) -> Html {
    let refusal = state.view.refusal.clone().map(AttrValue::from);
    match &state.view.dialog {
        None => Html::default(),
        Some(Dialog::Palette) => html! { <PaletteDialog state={ByPtr::new(state.clone())} {refusal} /> },
        Some(Dialog::Keys) => keys_dialog(),
        Some(Dialog::About) => about_dialog(&state.site),
        Some(Dialog::Worlds) => {
            html! { <WorldsDialog name={state.world.name.to_string()} shelf={&state.shelf} /> }
        }
        Some(Dialog::Timeline) => html! { <TimelineDialog shelf={&state.shelf} /> },
        Some(Dialog::Attach(attaching)) => {
            html! { <AttachDialog account={state.account()} site={&state.site} attaching={attaching.clone()} passed={state.asked.session.managed.clone()} {refusal} /> }
        }
        Some(Dialog::NewUser) => {
            html! { <NewUserDialog account={state.account()} site={&state.site} {refusal} /> }
        }
        Some(Dialog::SignIn) => {
            let now = state.asked.now.clone();
            html! { <SignInDialog world={state.world.clone()} account={state.account()} site={&state.site} {now} {refusal} /> }
        }
        Some(Dialog::Inspect(object)) => {
            html! { <Inspector world={state.world.clone()} account={state.account()} object={object.clone()} {refusal} /> }
        }
        Some(Dialog::New(kind)) => {
            let account = state.asked.account.clone();
            html! { <NewThingDialog kind={*kind} {account} asked={&state.asked} {refusal} /> }
        }
        Some(Dialog::NewInline(holder)) => {
            html! { <NewInlineDialog account={state.account()} holder={holder.clone()} asked={&state.asked} {refusal} /> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct PanesProps {
    state: ByPtr<State>,
    answer: Option<ByPtr<Answer>>,
    checks: Option<ByPtr<Checks>>,
    advice: Option<ByPtr<Advice>>,
    pins: ByPtr<Vec<Row>>,
}

/// The three panes. Their order in the document is the order on the screen: one column begins with the reasons, three columns
/// begin with the world.
#[component]
fn Panes(props: &PanesProps) -> Html {
    let wide = use_media_query(WIDE);
    let carrying = use_carrying();
    let PanesProps { state, answer, .. } = props;
    let outcome = answer.as_ref().map(|answer| verdict_word(answer.verdict()));
    let refusal = state.view.refusal.clone().filter(|_| state.view.dialog.is_none()).map(AttrValue::from);
    let why = html! { <WhyPane key="why" answer={answer.clone()} view={&state.view} advice={props.advice.clone()} /> };
    let middle = middle(props, carrying.carried.as_ref());
    let world = html! {
        <WorldPane key="world" account={state.account()} undo={state.history.undoes().cloned()} redo={state.history.redoes().cloned()} asked={state.asked.principal.clone()} {refusal} refused={state.view.refused.clone()} revealed={state.view.revealed.clone()} />
    };
    let order = if wide { [world, middle, why] } else { [why, middle, world] };
    html! {
        <div class="panes" data-outcome={outcome} data-tab={state.view.tab.id()} data-carrying={carrying.carried.is_some().to_string()}
            onpointerdown={carrying.onpointerdown} onpointermove={carrying.onpointermove} onpointerup={carrying.onpointerup.clone()}
            onpointercancel={carrying.onpointerup} onkeydown={carrying.onkeydown}>
            { for order }
            <div class="carried" key="carried" ref={carrying.sign} aria-hidden="true">{ carrying.carried.as_ref().map(|carried| carried.name().to_owned()) }</div>
        </div>
    }
}

/// The middle pane: one of its views at a time.
fn middle(props: &PanesProps, carried: Option<&Carried>) -> Html {
    let PanesProps { state, answer, checks, pins, .. } = props;
    let tab = state.view.tab;
    let note = match tab {
        Tab::Policy | Tab::Graph => answer.as_ref().map(|answer| applying(answer)).unwrap_or_default(),
        Tab::Pinned => {
            if pins.is_empty() {
                String::new()
            } else {
                count(pins)
            }
        }
        Tab::Tables => String::new(),
        Tab::Checks => checks.as_ref().map(|checks| checks.count()).unwrap_or_default(),
    };
    let shown = match tab {
        Tab::Policy => html! {
            <PolicyPane world={state.world.clone()} account={state.account()} drafts={&state.drafts} view={&state.view} site={&state.site} answer={answer.clone()} />
        },
        Tab::Graph => html! {
            <Graph world={state.world.clone()} account={state.account()} site={&state.site} answer={answer.clone()} scope={state.view.scope} carried={carried.cloned()} />
        },
        Tab::Pinned => html! { <PinsPane rows={pins.clone()} /> },
        Tab::Tables => html! { <TablesPane {state} /> },
        Tab::Checks => html! {
            <ChecksPane asks_first={checks::asks_first(state)} checks={checks.clone()} severity={state.view.severity} site={&state.site} />
        },
    };
    html! {
        <section class="pane pane--policy" key="middle" aria-labelledby="middle-title">
            <h2 class="visually-hidden" id="middle-title" tabindex="-1">{ tab.words() }</h2>
            <div class="pane__head">
                <Tabs shown={tab} />
                <span class="pane__note">{ note }</span>
            </div>
            <div class="panel" role="tabpanel" key={tab.id()} id={panel_id(tab)} aria-labelledby={tab_id(tab)}>
                { shown }
            </div>
        </section>
    }
}
