//! The workbench: a question that is always in sight, its answer, why, the policies, and the world they hang in.

mod about;
mod action_field;
mod attach;
mod attach_list;
mod cell;
mod editor;
mod findings;
mod footer;
mod gate;
mod graph;
mod json_view;
mod membership;
mod new_inline;
mod permissions;
mod policy_list;
mod policy_pane;
mod principal_field;
mod question;
mod resource_field;
mod statement;
mod statements;
mod top_bar;
mod verdict;
mod when;
mod when_add;
mod when_row;
mod why_pane;
mod world_pane;

use yew::prelude::*;

use self::about::about_dialog;
use self::attach::AttachDialog;
use self::footer::footer;
use self::new_inline::NewInlineDialog;
use self::policy_pane::PolicyPane;
use self::question::Question;
use self::top_bar::top_bar;
use self::verdict::{drawing, verdict};
use self::when::when;
use self::why_pane::WhyPane;
use self::world_pane::WorldPane;
use crate::app::ByPtr;
use crate::app::components::{LiveRegion, icon, plain};
use crate::app::hooks::use_media_query;
use crate::app::platform::drag;
use crate::app::state::{Answer, Dialog, Outcome, State, Tab, verdict_word};
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
}

/// The workbench.
pub fn workbench(shown: &Workbench) -> Html {
    let Workbench { state, outcome } = *shown;
    let spoken = outcome.answer().map(|answer| plain(&answer.sentence)).unwrap_or_default();
    html! {
        <div class="workbench">
            { top_bar(&state.account()) }
            <main class="workbench__main">
                <div class="ask">
                    <div class="ask__inner">
                        <Question account={state.account()} asked={&state.asked} site={&state.site} answer={outcome.answer().cloned()}
                            when_open={state.view.when_open} />
                        if state.view.when_open && let Some(answer) = outcome.answer() {
                            { when(answer) }
                        }
                        { verdict(outcome, &state.asked) }
                    </div>
                </div>
                <Panes state={ByPtr::new(state.clone())} answer={outcome.answer().cloned()} />
                { strip(outcome) }
            </main>
            { footer(&state.site) }
            { dialog(state) }
            <LiveRegion text={spoken} />
        </div>
    }
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
        Some(Dialog::About) => about_dialog(&state.site),
        Some(Dialog::Attach(attaching)) => {
            html! { <AttachDialog account={state.account()} site={&state.site} attaching={attaching.clone()} {refusal} /> }
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
}

/// The three panes. Their order in the document is the order on the screen: one column begins with the reasons, three columns
/// begin with the world.
#[component]
fn Panes(props: &PanesProps) -> Html {
    let wide = use_media_query(WIDE);
    let ondragstart = use_callback((), |event: DragEvent, ()| drag::carry(&event));
    let PanesProps { state, answer } = props;
    let outcome = answer.as_ref().map(|answer| verdict_word(answer.verdict()));
    let refusal = state.view.refusal.clone().filter(|_| state.view.dialog.is_none()).map(AttrValue::from);
    let why = html! { <WhyPane key="why" answer={answer.clone()} view={&state.view} /> };
    let policy = html! {
        <PolicyPane key="policy" world={state.world.clone()} account={state.account()} drafts={&state.drafts} view={&state.view} site={&state.site} answer={answer.clone()} />
    };
    let world = html! {
        <WorldPane key="world" account={state.account()} undo={state.history.label().cloned()} asked={state.asked.principal.clone()} {refusal} />
    };
    let order = if wide { [world, policy, why] } else { [why, policy, world] };
    html! {
        <div class="panes" data-outcome={outcome} data-tab={if state.view.tab == Tab::Graph { "graph" } else { "policy" }} {ondragstart}>
            { for order }
        </div>
    }
}
