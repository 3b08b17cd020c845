//! Tokens, assertions and documents, with what their parts mean.

use serde_json::Value;
use yew::prelude::*;

use crate::app::components::{CopyButton, prose};
use crate::federation::claims::{attribute_words, claim_words};
use crate::federation::jwt::Decoded;
use crate::federation::saml::Received;
use crate::federation::{Paper, PaperKind, Run, instant};
use crate::model::Time;

/// A paper of a step.
pub fn paper(paper: &Paper, run: &Run, now: Time) -> Html {
    let token = (paper.kind == PaperKind::Jwt).then(|| Decoded::read(&paper.text).ok()).flatten();
    html! {
        <section class="paper" aria-label={paper.title.clone()}>
            <h3 class="step__heading">{ &paper.title }{ " " }<CopyButton text={paper.text.clone()} what="the text" /></h3>
            if let Some(token) = &token {
                { claims(token, now) }
            }
            if paper.kind == PaperKind::Saml
                && let Ok(response) = Received::read(&paper.text)
            {
                { assertion(&response, now) }
            }
            <pre class="code" tabindex="0" role="region" aria-label={format!("{}, text", paper.title)}>{ &paper.text }</pre>
            if matches!(paper.kind, PaperKind::Jwt | PaperKind::Saml) && !run.wanted.is_empty() {
                <p class="value__about" role="status">{ "The browser is signing it." }</p>
            }
        </section>
    }
}

fn claims(token: &Decoded, now: Time) -> Html {
    let header: Vec<String> = token.header.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect();
    html! {
        <>
            <p class="value__about">{ format!("Header: {}", header.join(", ")) }</p>
            <table class="claims">
                <caption class="visually-hidden">{ "Claims of the token" }</caption>
                <thead><tr><th scope="col">{ "Claim" }</th><th scope="col">{ "Value" }</th><th scope="col">{ "Meaning" }</th></tr></thead>
                <tbody>
                    for (name, value) in &token.claims {
                        <tr key={name.clone()}>
                            <th scope="row"><code>{ name }</code></th>
                            <td><code>{ plain(value) }</code>{ moment(name, value, now) }</td>
                            <td>{ prose(claim_words(name).unwrap_or("")) }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </>
    }
}

/// What an assertion says, a line each.
fn assertion(response: &Received, now: Time) -> Html {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let time = |time: Option<Time>| match time {
        Some(time) if time.0 <= now.0 => format!("{}, past", instant::extended(time)),
        Some(time) => instant::extended(time),
        None => String::new(),
    };
    let fixed = [
        ("Issuer", response.issuer.clone(), "Who made the assertion. AWS looks for the provider with this entity id."),
        ("NameID", text(&response.subject), "Whom it is about: `saml:sub`."),
        ("Format", text(&response.subject_format), "What kind of name that is: `saml:sub_type`."),
        ("Recipient", text(&response.recipient), "Which address may take it: `saml:aud`."),
        ("Audience", response.audiences.join(", "), "For whom it was made."),
        ("NotBefore", time(response.not_before), "From when it is good."),
        ("NotOnOrAfter", time(response.not_on_or_after), "Until when it is good."),
        ("SessionNotOnOrAfter", time(response.session_not_on_or_after), "No session made with it lasts longer."),
    ];
    let attributes = response.attributes.iter().map(|(name, values)| {
        let short = name.rsplit('/').next().unwrap_or_default().to_owned();
        (short, values.join("\n"), attribute_words(name))
    });
    let lines = fixed.into_iter().map(|(name, value, words)| (name.to_owned(), value, words)).chain(attributes);
    html! {
        <table class="claims">
            <caption class="visually-hidden">{ "What the assertion says" }</caption>
            <thead><tr><th scope="col">{ "Part" }</th><th scope="col">{ "Value" }</th><th scope="col">{ "Meaning" }</th></tr></thead>
            <tbody>
                for (name, value, words) in lines.filter(|(_, value, _)| !value.is_empty()) {
                    <tr key={name.clone()}>
                        <th scope="row"><code>{ name }</code></th>
                        <td><code>{ value }</code></td>
                        <td>{ prose(words) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A claim that is a moment, in words.
fn moment(name: &str, value: &Value, now: Time) -> Html {
    match (name, value.as_i64()) {
        ("exp" | "iat" | "nbf" | "auth_time", Some(seconds)) => {
            let ended = if name == "exp" && seconds <= now.0 { ", over" } else { "" };
            html! { <span class="value__about">{ format!(" {}{ended}", instant::extended(Time(seconds))) }</span> }
        }
        _ => Html::default(),
    }
}
