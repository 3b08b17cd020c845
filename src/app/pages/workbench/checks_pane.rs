//! What the checks find in the account: what it is about, why, where it can be seen, and what mends it.

use yew::prelude::*;

use crate::analysis::account::words;
use crate::app::ByPtr;
use crate::app::components::{Act, notice, prose};
use crate::app::state::checks::{Checks, Hop, Link, Row, SEVERITIES, WhyMissing};
use crate::app::state::{Event as StateEvent, Site};
use crate::text::Severity;

/// Findings of one severity that are drawn at first, and that are added at a time.
const PAGE: usize = 30;

/// Properties of [`ChecksPane`].
#[derive(Properties, PartialEq)]
pub struct ChecksPaneProps {
    /// What was found, once it is known.
    pub checks: Option<ByPtr<Checks>>,
    /// Whether the world is so large that somebody must ask for the checks.
    pub asks_first: bool,
    /// The only severity that is listed.
    pub severity: Option<Severity>,
    /// What was fetched.
    pub site: ByPtr<Site>,
}

/// The findings by severity.
#[component]
pub fn ChecksPane(props: &ChecksPaneProps) -> Html {
    let shown = use_state_eq(|| PAGE);
    let Some(checks) = &props.checks else {
        return html! {
            <div class="policy__empty" role="status">
                if props.asks_first {
                    <p>{ "This world is large: checking it takes some seconds, in which the page waits." }</p>
                    <Act class="button" event={StateEvent::ChecksWanted}>{ "Check it" }</Act>
                } else {
                    <p>{ "The account is being checked." }</p>
                }
            </div>
        };
    };
    let onmore = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(shown.saturating_add(PAGE)))
    };
    let listed = |severity| props.severity.is_none_or(|only| only == severity);
    html! {
        <div class="checks">
            { filter(checks, props.severity) }
            { missing(checks) }
            if checks.findings.is_empty() {
                <p class="policy__empty">{ "The checks find nothing in this account." }</p>
            }
            for severity in SEVERITIES.into_iter().filter(|severity| listed(*severity)) {
                { group(checks, severity, *shown, &props.site, &onmore) }
            }
        </div>
    }
}

fn filter(checks: &Checks, chosen: Option<Severity>) -> Html {
    let choice = |severity: Option<Severity>, words: String| {
        html! {
            <Act key={words.clone()} class="checks__choice" event={StateEvent::SeverityChosen(severity)} pressed={chosen == severity}>{ &words }</Act>
        }
    };
    html! {
        <div class="checks__filter" role="group" aria-label="Severity">
            { choice(None, format!("all {}", checks.findings.len())) }
            for severity in SEVERITIES {
                { choice(Some(severity), format!("{} {}", checks.of(severity).count(), words::severity(severity))) }
            }
        </div>
    }
}

/// Policies whose texts the checks could not read.
fn missing(checks: &Checks) -> Html {
    if checks.missing.is_empty() {
        return Html::default();
    }
    let names: Vec<&str> = checks.missing.iter().map(|missing| missing.name.as_str()).collect();
    let names = names.join("`, `");
    let failed = checks.missing.iter().find_map(|missing| match missing.why {
        WhyMissing::Failed(file) => Some(file),
        WhyMissing::Awaited | WhyMissing::Unknown => None,
    });
    let unread = format!("What these policies allow is not checked yet: `{names}`.");
    match failed {
        Some(file) => {
            let text = format!("{unread} Their texts did not load.");
            notice(&text, None, "Load them again", StateEvent::FileRetried(file))
        }
        None if checks.missing.iter().all(|missing| missing.why == WhyMissing::Unknown) => html! {
            <p class="checks__missing">{ prose(&format!("AWS's list does not have these policies, so what they allow is not checked: `{names}`.")) }</p>
        },
        None => html! { <p class="checks__missing" role="status">{ prose(&unread) }</p> },
    }
}

fn group(checks: &Checks, severity: Severity, shown: usize, site: &Site, onmore: &Callback<MouseEvent>) -> Html {
    let count = checks.of(severity).count();
    if count == 0 {
        return Html::default();
    }
    let word = words::severity(severity);
    let id = format!("checks-{word}");
    html! {
        <section class="checks__group" aria-labelledby={id.clone()}>
            <h3 class="checks__title" {id}>{ format!("{word} severity") }<span class="pane__note">{ format!(" {count}") }</span></h3>
            <ul class="checks__list">
                for finding in checks.of(severity).take(shown) {
                    { row(&checks.row(finding, site), severity) }
                }
            </ul>
            if count > shown {
                <button type="button" class="link" onclick={onmore.clone()}>{ format!("Show {} more of {count}", PAGE.min(count - shown)) }</button>
            }
        </section>
    }
}

fn row(row: &Row, severity: Severity) -> Html {
    html! {
        <li class="check">
            <p class="check__head">
                <span class="check__severity">{ words::severity(severity) }</span>
                { link(&row.about, "check__about") }
            </p>
            <p class="check__sentence">{ prose(&row.sentence) }</p>
            if !row.hops.is_empty() {
                <ol class="check__hops">
                    for hop in &row.hops {
                        { step(hop) }
                    }
                </ol>
            }
            if !row.evidence.is_empty() {
                <p class="check__evidence">{ "Seen in " }{ links(&row.evidence) }</p>
            }
            if let Some(fix) = &row.fix {
                if let Some(event) = &fix.event {
                    <Act class="button check__fix" event={event.clone()} then_focus="middle-title">{ &fix.words }</Act>
                }
            }
            if let Some(why) = row.why_no_fix {
                <p class="check__no-fix">{ why }</p>
            }
        </li>
    }
}

fn step(hop: &Hop) -> Html {
    html! {
        <li>
            { prose(&hop.words) }
            if let Some(when) = hop.when {
                { format!(", {when}") }
            }
            <span class="check__evidence">{ links(&hop.evidence) }</span>
        </li>
    }
}

fn links(all: &[Link]) -> Html {
    html! {
        for one in all {
            <>{ link(one, "link") }{ " " }</>
        }
    }
}

fn link(link: &Link, class: &'static str) -> Html {
    match &link.event {
        Some(event) => html! { <Act {class} event={event.clone()} label={link.label.clone()}>{ &link.words }</Act> },
        None => html! { <span class={if class == "link" { "" } else { class }}>{ &link.words }</span> },
    }
}
