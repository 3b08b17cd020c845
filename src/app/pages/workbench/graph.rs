//! The graph: an SVG with its table, one selection for both. Everything it shows comes from [`crate::diagram`].

mod draw;

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use self::draw::{Drawing, SELECTED, node_id, svg, table, tray};

use crate::app::ByPtr;
use crate::app::components::{Act, segments};
use crate::app::hooks::{use_dispatch, use_width};
use crate::app::platform::{drag, focus};
use crate::app::state::{Answer, Dispatch, Event as StateEvent, Scope, Selection, Site, verdict_word};
use crate::diagram::connect::Carried;
use crate::diagram::{self, Graph as Graphed, Picture, Subject, Way, words};
use crate::model::{Account, Command, World};

/// Id of the first place in the menu.
const FIRST_TARGET: &str = "graph-first-target";
const SCOPES: &[&str] = &["This question", "Whole account"];

/// Properties of [`Graph`].
#[derive(Properties, PartialEq)]
pub struct GraphProps {
    /// The accounts.
    pub world: Rc<World>,
    /// The account of whoever asks.
    pub account: Arc<Account>,
    /// What was fetched.
    pub site: ByPtr<Site>,
    /// The answer, if there is one.
    pub answer: Option<ByPtr<Answer>>,
    /// How much is drawn.
    pub scope: Scope,
    /// What the pointer carries.
    pub carried: Option<Carried>,
}

/// What is drawn.
#[derive(PartialEq, Eq)]
struct Shown {
    graph: Graphed,
    right: Picture,
    /// For narrow panes; a whole account would be too wide.
    down: Option<Picture>,
    summary: String,
}

/// No smaller are pictures drawn, in percent: beyond that they scroll.
const SMALLEST: i32 = 85;

impl Shown {
    /// Which way there is room for.
    fn way(&self, room: Option<i32>) -> Way {
        let fits = room.is_some_and(|room| self.right.width * SMALLEST / 100 <= room);
        match &self.down {
            Some(down) if !fits && down.width < self.right.width => Way::Down,
            _ => Way::Right,
        }
    }

    fn picture(&self, way: Way) -> &Picture {
        match (way, &self.down) {
            (Way::Down, Some(down)) => down,
            _ => &self.right,
        }
    }

    /// Width and height on the screen.
    fn scaled(&self, way: Way, room: Option<i32>) -> (i32, i32) {
        let Picture { width, height, .. } = *self.picture(way);
        let percent = room.map_or(100, |room| room.saturating_mul(100) / width.max(1)).clamp(SMALLEST, 100);
        (width * percent / 100, height * percent / 100)
    }
}

fn shown(world: &World, account: &Account, site: &Site, answer: Option<&Answer>, scope: Scope) -> Shown {
    let of_question = |answer: &Answer| {
        diagram::of_question(&diagram::Asked {
            world,
            library: &site.library,
            question: &answer.question,
            request: &answer.request,
            gathered: &answer.gathered,
            trace: &answer.trace,
        })
    };
    let question = answer.map(of_question);
    let graph = match scope {
        Scope::Question => question.unwrap_or_default(),
        Scope::Account => diagram::of_world(account, question.as_ref()),
    };
    let down = (scope == Scope::Question).then(|| diagram::layout(&graph, Way::Down));
    Shown { right: diagram::layout(&graph, Way::Right), down, summary: words::summary(&graph), graph }
}

/// What pressing Enter on a node does.
fn opens(subject: &Subject, world: &World, account: &Account) -> Option<(StateEvent, &'static str)> {
    Some(match subject {
        Subject::Principal(principal) => (StateEvent::PrincipalChosen(principal.clone()), "Ask about it"),
        Subject::Policy(policy) if policy.hangs(world, account) => {
            (StateEvent::PolicyShown(policy.clone()), "Open policy")
        }
        Subject::Statement { policy, span } => {
            (StateEvent::Selected(Selection { policy: policy.clone(), span: *span }), "Open statement")
        }
        Subject::Resource(arn) if **arn != *"*" => (StateEvent::ResourceTyped(arn.to_string()), "Ask about it"),
        _ => return None,
    })
}

/// A node of this graph by what an event happened to.
fn node_of(event: &web_sys::Event) -> Option<usize> {
    drag::value_around(event, "data-node")?.parse().ok()
}

/// What of the graph an event needs.
#[derive(Clone, PartialEq)]
struct Around {
    shown: Rc<Shown>,
    way: Way,
    dispatch: Dispatch,
    world: Rc<World>,
    account: Arc<Account>,
}

impl Around {
    fn subject(&self, node: usize) -> Option<&Subject> {
        self.shown.graph.nodes.get(node).map(|node| &node.subject)
    }

    /// Does what Enter does on a node. Whether there is anything to do.
    fn open(&self, node: usize) -> bool {
        let opened = self.subject(node).and_then(|subject| opens(subject, &self.world, &self.account));
        let Some((event, _)) = opened else { return false };
        let leaves = matches!(event, StateEvent::PolicyShown(_) | StateEvent::Selected(_));
        self.dispatch.dispatch(event);
        if leaves {
            focus::focus_id("middle-title");
        }
        true
    }

    /// Every change that a node can make when it is put onto another.
    fn changes(&self, node: usize) -> Vec<Command> {
        let carried = self.subject(node).and_then(Carried::of);
        carried.map(|carried| carried.everywhere(&self.account)).unwrap_or_default()
    }

    /// Where a key leads from a node.
    fn beside(&self, node: usize, key: &str) -> Option<usize> {
        let placed = self.shown.picture(self.way).nodes.iter().find(|placed| placed.node == node);
        let [left, right, up, down] = placed?.beside;
        match key {
            "ArrowLeft" => left,
            "ArrowRight" => right,
            "ArrowUp" => up,
            "ArrowDown" => down,
            _ => None,
        }
    }
}

/// The graph.
#[component]
pub fn Graph(props: &GraphProps) -> Html {
    let dispatch = use_dispatch();
    let selected = use_state_eq(|| None::<Subject>);
    let menu = use_state_eq(|| false);
    // Whether the next picture takes the focus back, because what had it is gone.
    let refocus = use_mut_ref(|| false);
    let deps = (props.world.clone(), props.site.clone(), props.answer.clone(), props.account.clone(), props.scope);
    let shown =
        use_memo(deps, |(world, site, answer, account, scope)| shown(world, account, site, answer.as_deref(), *scope));
    let region = use_node_ref();
    let room = use_width(&region, shown.clone());
    let way = shown.way(room);
    let at = shown.graph.nodes.iter().position(|node| Some(&node.subject) == selected.as_ref()).unwrap_or_default();
    let (world, account) = (props.world.clone(), props.account.clone());
    let around = Around { shown: shown.clone(), way, dispatch: dispatch.clone(), world, account };
    let changes = if *menu { around.changes(at) } else { Vec::new() };
    use_effect_with(*menu, |open| {
        if *open {
            focus::focus_id(FIRST_TARGET);
        }
    });
    use_effect_with((shown.clone(), selected.clone()), {
        let refocus = refocus.clone();
        move |_| {
            if refocus.replace(false) {
                focus::focus_id(SELECTED);
            }
        }
    });
    let onscope = use_callback(dispatch, |at: usize, dispatch| {
        dispatch.dispatch(StateEvent::ScopeChosen(if at == 0 { Scope::Question } else { Scope::Account }));
    });
    let deps = (around.clone(), selected.setter(), menu.setter());
    let onclick = use_callback(deps.clone(), |event: MouseEvent, (around, select, menu)| {
        if let Some(node) = node_of(&event) {
            select.set(around.subject(node).cloned());
            menu.set(false);
        }
    });
    let ondblclick = use_callback(around.clone(), |event: MouseEvent, around| {
        if let Some(node) = node_of(&event) {
            around.open(node);
        }
    });
    let deps = (deps, *menu, at, refocus.clone());
    let onkeydown = use_callback(deps.clone(), |event: KeyboardEvent, (deps, open, at, refocus)| {
        let (around, select, menu) = deps;
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        if key == "Escape" && *open {
            menu.set(false);
            focus::focus_id(SELECTED);
            event.prevent_default();
        }
        let Some(node) = node_of(&event) else { return };
        match key.as_str() {
            "Enter" | " " if drag::is_drawn(&event) => {
                event.prevent_default();
                select.set(around.subject(node).cloned());
                if key == "Enter" && around.open(node) {
                    refocus.replace(true);
                }
            }
            "c" | "C" if node == *at || !around.changes(node).is_empty() => {
                select.set(around.subject(node).cloned());
                menu.set(!around.changes(node).is_empty());
            }
            "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" if drag::is_drawn(&event) => {
                event.prevent_default();
                if let Some(to) = around.beside(node, &key) {
                    focus::focus_id(&node_id(to));
                    select.set(around.subject(to).cloned());
                    menu.set(false);
                }
            }
            _ => {}
        }
    });
    let onconnect = use_callback(deps, |event: MouseEvent, (deps, _, at, refocus)| {
        let (around, select, menu) = deps;
        let target = drag::value_around(&event, "data-target").and_then(|target| target.parse::<usize>().ok());
        if let Some(command) = target.and_then(|target| around.changes(*at).into_iter().nth(target)) {
            select.set(around.subject(*at).cloned());
            menu.set(false);
            focus::focus_id(SELECTED);
            refocus.replace(true);
            around.dispatch.dispatch(StateEvent::Changed(command));
        }
    });
    let onpointerup =
        use_callback((around.clone(), props.carried.clone()), |event: PointerEvent, (around, carried)| {
            let onto = node_of(&event).and_then(|node| around.subject(node));
            if let Some(command) = carried.as_ref().zip(onto).and_then(|(from, onto)| from.onto(onto, &around.account))
            {
                around.dispatch.dispatch(StateEvent::Changed(command));
            }
        });
    let onmenu = use_callback((*menu, menu.setter()), |_: MouseEvent, (open, menu)| menu.set(!open));
    let takes = |node: usize| {
        props.carried.as_ref().zip(around.subject(node)).and_then(|(carried, onto)| carried.onto(onto, &props.account))
    };
    let verdict = props.answer.as_ref().map(|answer| verdict_word(answer.verdict()));
    let scope = usize::from(props.scope == Scope::Account);
    let picture = shown.picture(way);
    let drawing = Drawing { graph: &shown.graph, picture, summary: &shown.summary, selected: at };
    html! {
        <div class="graph" data-outcome={verdict} data-scope={scope.to_string()} {onclick} {ondblclick} {onkeydown} {onpointerup}>
            { segments("graph-scope", "How much is drawn", SCOPES, scope, &onscope) }
            <div class="graph__region" ref={region} role="region" aria-label="Picture" tabindex="0">
                { svg(&drawing, shown.scaled(way, room), |node| takes(node).is_some()) }
            </div>
            { tray(&drawing) }
            { chosen(&around, at, (*menu).then_some(&changes), &onmenu, &onconnect) }
            { table(&drawing) }
        </div>
    }
}

/// The selected node with what can be done with it.
fn chosen(
    around: &Around,
    at: usize,
    menu: Option<&Vec<Command>>,
    onmenu: &Callback<MouseEvent>,
    onconnect: &Callback<MouseEvent>,
) -> Html {
    let Some(node) = around.shown.graph.nodes.get(at) else { return Html::default() };
    let open = opens(&node.subject, &around.world, &around.account);
    let leaves = |event: &StateEvent| {
        matches!(event, StateEvent::PolicyShown(_) | StateEvent::Selected(_)).then_some("middle-title")
    };
    html! {
        <div class="graph__chosen" role="group" aria-label="Selected">
            <span><strong>{ &node.name }</strong>{ " " }<span class="graph__what">{ words::note(node) }</span></span>
            if let Some((event, label)) = open {
                <Act class="button" then_focus={leaves(&event)} {event}>{ label }</Act>
            }
            if !around.changes(at).is_empty() {
                <button type="button" class="button" aria-expanded={menu.is_some().to_string()} onclick={onmenu}>{ "Connect to…" }</button>
            }
            if let Some(changes) = menu.filter(|changes| !changes.is_empty()) {
                <ul class="graph__targets" aria-label={format!("Connect {} to", node.name)} onclick={onconnect}>
                    for (target, command) in changes.iter().enumerate() {
                        <li key={target}>
                            <button type="button" class="link" id={(target == 0).then_some(FIRST_TARGET)} data-target={target.to_string()}>{ command.to_string() }</button>
                        </li>
                    }
                </ul>
            }
        </div>
    }
}
