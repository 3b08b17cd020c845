//! A decision inside a flow: the answer, the gates, the statement that tells, and the policies, each to be edited in its place.

use std::sync::Arc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::host::Host;
use super::stand::{Action, Stand, draft_key};
use super::step::Look;
use super::walk::Act;
use crate::app::ByPtr;
use crate::app::components::prose;
use crate::app::pages::workbench::alignment;
use crate::app::platform::clock;
use crate::app::state::marks::telling_entry;
use crate::app::state::{Editing, editing, policy_key};
use crate::eval::Verdict;
use crate::eval::situation::Place;
use crate::explain::{self, Alignment, Cell};
use crate::federation::{Decided, Run, asking};
use crate::ident::AccountId;
use crate::model::PolicyRef;
use crate::save::{self, Beside};

/// One decision of a step; `of` says which of how many.
pub fn decision(look: &Look, decided: &Decided, (at, count): (usize, usize)) -> Html {
    let (trace, request) = (&decided.trace, &decided.request);
    let verdict = trace.decision.verdict;
    let sentence = explain::sentence(trace, request);
    let word = explain::verdict_name(verdict);
    let because = sentence.strip_prefix(word).unwrap_or(&sentence).to_owned();
    let title = match count {
        1 => "Decision".to_owned(),
        _ => format!("Decision {} of {count}", at + 1),
    };
    html! {
        <section class="decision" data-decision={slug(verdict)} aria-label={title.clone()}>
            <h3 class="step__heading">{ title }{ ": " }<code>{ request.action.as_str() }</code></h3>
            <p class="decision__sentence"><strong class="decision__word">{ word }</strong>{ prose(&because) }</p>
            { for telling(decided).iter().map(alignment::alignment) }
            <details class="decision__gates">
                <summary>{ "Every gate" }</summary>
                <ol>
                    for gate in &trace.gates {
                        <li>
                            <strong>{ explain::gate_name(gate.kind, request) }</strong>
                            { format!(" ({}): ", explain::gate_state(gate.state)) }
                            { prose(&explain::gate_detail(gate, trace, request)) }
                        </li>
                    }
                </ol>
            </details>
            for place in decided.gathered.places() {
                { policy(look, decided, place) }
            }
            <Ask stand={look.stand.clone()} run={look.run.clone()} host={look.host.clone()} act={look.act.clone()} decided={ByPtr::new(decided.clone())} />
        </section>
    }
}

fn slug(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitlyDenied => "explicitly-denied",
        Verdict::ImplicitlyDenied => "implicitly-denied",
    }
}

/// The cells of the statement that tells: of a near miss the first that fails, of a decisive one its resource and conditions.
fn telling(decided: &Decided) -> Vec<Alignment> {
    let trace = &decided.trace;
    let Some(at) = trace.decisive().or_else(|| trace.nearest_miss()) else { return Vec::new() };
    let Some((_, statement)) = trace.statement(at) else { return Vec::new() };
    let failing = statement.first_failing();
    let resource = decided.request.resource_text();
    let elements = statement.elements().filter(|element| match failing {
        Some(kind) => element.kind == kind,
        None => element.kind == crate::eval::trace::ElementKind::Resource,
    });
    let entries = elements.filter_map(|element| Some(Cell::Entry(element.kind, telling_entry(element, resource)?.1)));
    let of_failing = |matched: bool| failing.is_none() || !matched;
    let conditions = statement.conditions().enumerate().filter(|(_, condition)| of_failing(condition.matched));
    let conditions = conditions.map(|(place, _)| Cell::Condition(place));
    entries.chain(conditions).filter_map(|cell| explain::alignment(trace, &decided.request, at, cell)).collect()
}

/// A policy that applied, to be read or edited.
fn policy(look: &Look, decided: &Decided, place: &Place) -> Html {
    let world = &look.run.world;
    let account = place.policy.owner(world).unwrap_or_else(|| decided.question.account.clone());
    let of_account = world.account(&account);
    let can_edit = !matches!(place.policy, PolicyRef::Session { .. })
        && of_account.is_some_and(|account| editing(&place.policy, account) == Editing::InPlace);
    let draft = look.stand.drafts.get(&draft_key(&account, &place.policy));
    let name = match &place.policy {
        PolicyRef::Trust { role } => format!("Trust policy of {}", role.rsplit('/').next().unwrap_or_default()),
        PolicyRef::Resource { arn } => format!("Policy of {}", arn.rsplit(':').next().unwrap_or_default()),
        other => format!("{} ({})", other.name(), explain::layer_name(place.layer)),
    };
    html! {
        <details class="decision__policy" key={policy_key(&place.policy)}>
            <summary>{ name.clone() }</summary>
            if can_edit {
                <Text {name} {account} policy={place.policy.clone()} text={draft.map_or(place.text.clone(), |(text, _)| text.clone())}
                    error={draft.map(|(_, error)| error.clone())} act={look.act.clone()} />
            } else {
                <pre class="code" tabindex="0">{ &*place.text }</pre>
            }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct TextProps {
    name: String,
    account: AccountId,
    policy: PolicyRef,
    text: Arc<str>,
    error: Option<String>,
    act: Act,
}

#[component]
fn Text(props: &TextProps) -> Html {
    let deps = (props.act.clone(), props.account.clone(), props.policy.clone());
    let oninput = use_callback(deps, |event: InputEvent, (act, account, policy)| {
        let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        act.emit(Action::Text(account.clone(), policy.clone(), text.into()));
    });
    let rows = props.text.lines().count().clamp(4, 24).to_string();
    html! {
        <>
            <textarea class="field value__policy" aria-label={props.name.clone()} {rows} spellcheck="false"
                aria-invalid={props.error.as_ref().map(|_| "true")} value={props.text.to_string()} {oninput} />
            if let Some(error) = &props.error {
                <p class="value__error" role="alert">{ error }{ " The last text that could be saved counts." }</p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AskProps {
    stand: Stand,
    run: ByPtr<Run>,
    host: Host,
    act: Act,
    decided: ByPtr<Decided>,
}

/// Opens the decision in the workbench; what its world lacks is added first.
#[component]
fn Ask(props: &AskProps) -> Html {
    let refusal = use_state_eq(|| None::<String>);
    let broken = props.stand.inputs.fault.is_some_and(|fault| fault.world.is_some());
    let lacks = !props.run.added.is_empty() || props.stand.is_changed() || broken;
    let onclick = {
        let set = refusal.setter();
        let of = (props.host.clone(), props.act.clone(), lacks);
        let deps = (props.stand.flow.title, props.run.clone(), props.decided.clone(), of);
        use_callback(deps, move |_: MouseEvent, (title, run, decided, (host, act, lacks))| {
            let beside = Beside { question: Some(asking(&decided.question)), ..Beside::default() };
            let save = save::write_with(&run.world, &beside, clock::time());
            let refused = if *lacks { host.take(&save, &format!("World of {title}")) } else { None };
            if *lacks && refused.is_none() {
                act.emit(Action::Kept(ByPtr::new(run.world.clone())));
            }
            set.set(refused.or_else(|| host.ask(&save)));
        })
    };
    html! {
        <div class="decision__ask">
            <button type="button" class="button" {onclick}>{ "Open in the simulator" }</button>
            if lacks {
                <p class="value__about">
                    { if broken { "The world of this flow becomes yours first, with what is broken in it; one undo takes it back." }
                      else { "The world of this flow becomes yours first; one undo takes it back." } }
                </p>
            }
            if let Some(refusal) = &*refusal {
                <p role="alert">{ refusal }</p>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::situation::{Library, Memo};
    use crate::explain::SegmentKind;
    use crate::federation::{Inputs, Seals, flow, run};
    use crate::model::{Time, example};

    /// The policy has a folder for people of each provider: that of the other providers is not where the ids part.
    #[test]
    fn a_photo_of_somebody_else_is_refused_where_the_ids_part() {
        let flow = flow("web-identity").expect("the flow");
        let mut inputs = Inputs::new(flow, Time(1_796_115_600));
        inputs.fault = flow.fault("someone-else", inputs.variant);
        let (world, library, memo) = (example::primer(), Library::default(), Memo::default());
        let run = run(flow, &world, &inputs, &Seals::default(), (&library, &memo));
        let decided = run.played.iter().filter_map(|played| played.decision()).next_back().expect("a decision");
        let near = telling(decided);
        let [alignment] = near.as_slice() else { panic!("{near:?}") };
        let [comparison] = alignment.comparisons.as_slice() else { panic!("{alignment:?}") };
        assert!(alignment.heading.contains("`Resource`"), "{}", alignment.heading);
        assert_eq!(comparison.policy, "arn:aws:s3:::example-photos/google/${accounts.google.com:sub}/*");
        let parts = comparison.segments.iter().find(|segment| segment.kind == SegmentKind::Differs);
        // Ben is 110248495921238986420, Ana 107691503500061507151; both begin with 1.
        let (ben, ana) = parts.map(|parts| (&*parts.policy, &*parts.request)).expect("they differ");
        assert_eq!((ben, ana), ("10248495921238986420", "07691503500061507151"));
    }
}
