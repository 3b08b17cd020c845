//! The graph: an SVG with its table, one selection for both. Everything it shows comes from [`crate::diagram`].

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon, segments};
use crate::app::hooks::use_dispatch;
use crate::app::platform::{drag, focus};
use crate::app::state::{Answer, Event as StateEvent, Scope, Selection, Site, verdict_word};
use crate::diagram::connect::Carried;
use crate::diagram::layout::{Drawn, NODE_HEIGHT, Placed};
use crate::diagram::{self, Graph as Drawing, Picture, Says, Shape, Subject, words};
use crate::model::{Account, World};

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
}

/// What is drawn.
#[derive(PartialEq)]
struct Shown {
    graph: Drawing,
    picture: Picture,
    summary: String,
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
    Shown { picture: diagram::layout(&graph), summary: words::summary(&graph), graph }
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

/// Positions of this graph's nodes in ids and attributes.
fn node_of(event: &web_sys::Event) -> Option<usize> {
    drag::value_around(event, "data-node")?.parse().ok()
}

fn node_id(node: usize) -> String {
    format!("graph-node-{node}")
}

/// The graph.
#[component]
pub fn Graph(props: &GraphProps) -> Html {
    let dispatch = use_dispatch();
    let selected = use_state_eq(|| 0usize);
    let menu = use_state_eq(|| false);
    let carried = use_state_eq(|| None::<usize>);
    let deps = (props.world.clone(), props.site.clone(), props.answer.clone(), props.account.clone(), props.scope);
    let shown =
        use_memo(deps, |(world, site, answer, account, scope)| shown(world, account, site, answer.as_deref(), *scope));
    let at = if *selected < shown.graph.nodes.len() { *selected } else { 0 };
    let subject = |node: usize| shown.graph.nodes.get(node).map(|node| &node.subject);
    let carrying = carried.and_then(subject).and_then(Carried::of);
    let takes = |node: usize| {
        carrying.as_ref().zip(subject(node)).and_then(|(carried, onto)| carried.onto(onto, &props.account)).is_some()
    };
    let onscope = use_callback(dispatch.clone(), |at: usize, dispatch| {
        dispatch.dispatch(StateEvent::ScopeChosen(if at == 0 { Scope::Question } else { Scope::Account }));
    });
    let onclick = use_callback((selected.setter(), menu.setter()), |event: MouseEvent, (select, menu)| {
        if let Some(node) = node_of(&event) {
            select.set(node);
            menu.set(false);
        }
    });
    let deps = (shown.clone(), dispatch.clone(), props.world.clone(), props.account.clone());
    let ondblclick = use_callback(deps.clone(), |event: MouseEvent, (shown, dispatch, world, account)| {
        let node = node_of(&event).and_then(|node| shown.graph.nodes.get(node));
        if let Some((event, _)) = node.and_then(|node| opens(&node.subject, world, account)) {
            dispatch.dispatch(event);
        }
    });
    let onkeydown =
        use_callback((deps.clone(), selected.setter(), menu.clone()), |event: KeyboardEvent, (deps, select, menu)| {
            let (shown, dispatch, world, account) = deps;
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            if event.key() == "Escape" && **menu {
                menu.set(false);
            }
            let Some(node) = node_of(&event) else { return };
            let beside = shown.picture.nodes.iter().find(|placed| placed.node == node).map(|placed| placed.beside);
            let [left, right, up, down] = beside.unwrap_or_default();
            let to = match event.key().as_str() {
                "ArrowLeft" => left,
                "ArrowRight" => right,
                "ArrowUp" => up,
                "ArrowDown" => down,
                "Enter" => {
                    let opened = shown.graph.nodes.get(node).and_then(|node| opens(&node.subject, world, account));
                    if let Some((opened, _)) = opened {
                        event.prevent_default();
                        dispatch.dispatch(opened);
                    }
                    return;
                }
                "c" | "C" => {
                    select.set(node);
                    menu.set(true);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            if let Some(to) = to {
                select.set(to);
                menu.set(false);
                focus::focus_id(&node_id(to));
            }
        });
    let onpointerdown = use_callback(carried.setter(), |event: PointerEvent, carried| carried.set(node_of(&event)));
    let onpointerup = use_callback((deps.clone(), carried.clone()), |event: PointerEvent, (deps, carried)| {
        let (shown, dispatch, _, account) = deps;
        let subject = |node: usize| shown.graph.nodes.get(node).map(|node| &node.subject);
        let from = carried.and_then(subject).and_then(Carried::of);
        let onto = node_of(&event).filter(|node| Some(*node) != **carried).and_then(subject);
        if let Some(command) = from.zip(onto).and_then(|(from, onto)| from.onto(onto, account)) {
            dispatch.dispatch(StateEvent::Changed(command));
        }
        carried.set(None);
    });
    let ondragover = use_callback((), |event: DragEvent, ()| {
        if node_of(&event).is_some() {
            event.prevent_default();
        }
    });
    let ondrop = use_callback(deps, |event: DragEvent, (shown, dispatch, _, account)| {
        event.prevent_default();
        let onto = node_of(&event).and_then(|node| shown.graph.nodes.get(node));
        let from = drag::dropped(&event).map(|arn| Carried::Policy(arn.into()));
        if let Some(command) = from.zip(onto).and_then(|(from, onto)| from.onto(&onto.subject, account)) {
            dispatch.dispatch(StateEvent::Changed(command));
        }
    });
    let onmenu = use_callback(menu.clone(), |_: MouseEvent, menu| menu.set(!**menu));
    let Picture { width, height, .. } = shown.picture;
    let verdict = props.answer.as_ref().map(|answer| verdict_word(answer.verdict()));
    let scope = usize::from(props.scope == Scope::Account);
    html! {
        <div class="graph" data-outcome={verdict} data-scope={scope.to_string()} {onclick} {ondblclick} {onkeydown} {onpointerdown} {onpointerup} {ondragover} {ondrop}>
            { segments("graph-scope", "How much is drawn", SCOPES, scope, &onscope) }
            <div class="graph__region">
                <svg class="graph__picture" role="group" aria-label="Graph" width={width.to_string()} height={height.to_string()} viewBox={format!("0 0 {width} {height}")}>
                    <g role="img" aria-label={shown.summary.clone()}>
                        for drawn in &shown.picture.edges { { line(&shown.graph, drawn, at) } }
                    </g>
                    for placed in &shown.picture.nodes { { node(&shown.graph, placed, at, takes(placed.node)) } }
                </svg>
            </div>
            { tray(&shown, at) }
            { chosen(props, &shown.graph, at, *menu, &onmenu) }
            { table(&shown.graph, at) }
        </div>
    }
}

fn says(says: Option<Says>) -> Option<&'static str> {
    says.map(words::says)
}

fn line(graph: &Drawing, drawn: &Drawn, selected: usize) -> Html {
    let Some(edge) = graph.edges.get(drawn.edge) else { return Html::default() };
    let near = edge.from == selected || edge.to == selected;
    let double = edge.says == Some(Says::Deny);
    html! {
        <g class="graph__edge" key={drawn.edge} data-says={says(edge.says)} data-path={edge.on_path.to_string()} data-near={near.to_string()}
            data-half={edge.half.is_some().to_string()}>
            <path class="graph__line" d={drawn.line.clone()} />
            if double {
                <path class="graph__gap" d={drawn.line.clone()} />
            }
            <path class="graph__head" d={drawn.head.clone()} />
            <text class="graph__label" x={drawn.x.to_string()} y={drawn.y.to_string()}>{ &drawn.label }</text>
        </g>
    }
}

fn drawing(shape: Shape) -> IconName {
    match shape {
        Shape::Root => IconName::Root,
        Shape::User => IconName::User,
        Shape::Group => IconName::Group,
        Shape::Role => IconName::Role,
        Shape::Policy => IconName::Policy,
        Shape::Statement => IconName::Check,
        Shape::Outside => IconName::Attention,
        Shape::Resource => IconName::Resource,
    }
}

fn node(graph: &Drawing, placed: &Placed, selected: usize, takes: bool) -> Html {
    let Some(node) = graph.nodes.get(placed.node) else { return Html::default() };
    let (width, height) = (placed.width.to_string(), NODE_HEIGHT.to_string());
    let chosen = placed.node == selected;
    html! {
        <g class="graph__node" key={placed.node} id={node_id(placed.node)} role="button" tabindex={if chosen { "0" } else { "-1" }}
            aria-label={words::node(node)} aria-pressed={chosen.to_string()} data-node={placed.node.to_string()} data-says={says(node.says)}
            data-path={node.on_path.to_string()} data-takes={takes.to_string()} transform={format!("translate({} {})", placed.x, placed.y)}>
            <rect class="graph__box" {width} {height} rx="8" />
            <g transform="translate(10 14)">{ icon(drawing(node.shape())) }</g>
            <text class="graph__name" x="34" y="18">{ &placed.name }</text>
            <text class="graph__note" x="34" y="34">{ &placed.note }</text>
        </g>
    }
}

fn tray(shown: &Shown, selected: usize) -> Html {
    if shown.picture.tray.is_empty() {
        return Html::default();
    }
    html! {
        <p class="graph__tray">
            { "Without relations: " }
            for at in shown.picture.tray.iter().copied() { { name(&shown.graph, at, selected) } }
        </p>
    }
}

/// The name of a node as a button that selects it.
fn name(graph: &Drawing, at: usize, selected: usize) -> Html {
    let name = graph.nodes.get(at).map(|node| node.name.clone()).unwrap_or_default();
    html! {
        <button type="button" class="link" key={at} data-node={at.to_string()} aria-pressed={(at == selected).to_string()}>{ name }</button>
    }
}

/// The selected node with what can be done with it.
fn chosen(props: &GraphProps, graph: &Drawing, at: usize, menu: bool, onmenu: &Callback<MouseEvent>) -> Html {
    let Some(node) = graph.nodes.get(at) else { return Html::default() };
    let open = opens(&node.subject, &props.world, &props.account);
    let targets = Carried::of(&node.subject).map(|carried| carried.everywhere(&props.account)).unwrap_or_default();
    html! {
        <div class="graph__chosen" role="group" aria-label="Selected">
            <span><strong>{ &node.name }</strong>{ " " }<span class="graph__what">{ words::note(node) }</span></span>
            if let Some((event, label)) = open {
                <Act class="button" {event}>{ label }</Act>
            }
            if !targets.is_empty() {
                <button type="button" class="button" aria-expanded={menu.to_string()} onclick={onmenu}>{ "Connect to…" }</button>
            }
            if menu && !targets.is_empty() {
                <ul class="graph__targets" aria-label={format!("Connect {} to", node.name)}>
                    for command in targets {
                        <li key={command.to_string()}><Act event={StateEvent::Changed(command.clone())} then_focus={node_id(at)}>{ command.to_string() }</Act></li>
                    }
                </ul>
            }
        </div>
    }
}

/// The same relations in a table.
fn table(graph: &Drawing, selected: usize) -> Html {
    html! {
        <details class="graph__twin">
            <summary>{ format!("Table of the {} relations", graph.edges.len()) }</summary>
            <div class="graph__region">
                <table class="graph__table">
                    <thead><tr><th scope="col">{ "From" }</th><th scope="col">{ "Relation" }</th><th scope="col">{ "To" }</th><th scope="col">{ "Effect on the question" }</th></tr></thead>
                    <tbody>
                        for (at, edge) in graph.edges.iter().enumerate() {
                            <tr key={at} data-near={(edge.from == selected || edge.to == selected).to_string()}>
                                <td>{ name(graph, edge.from, selected) }</td>
                                <td>{ words::relation(&edge.relation) }</td>
                                <td>{ name(graph, edge.to, selected) }</td>
                                <td>{ words::effect(edge) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
        </details>
    }
}
