//! A request and its response, and how the request is signed.

use yew::prelude::*;

use crate::app::components::CopyButton;
use crate::federation::sigv4::Worked;
use crate::federation::{Exchange, Http};

/// The exchange of a step.
pub fn exchange(exchange: &Exchange) -> Html {
    let worked = exchange.worked();
    let headers = worked.as_ref().map_or(&exchange.request.headers, |worked| &worked.headers);
    let unsigned = if worked.is_none() { ", not signed" } else { "" };
    html! {
        <>
            if !exchange.request.start.is_empty() {
                { message(&format!("Request{unsigned}"), &exchange.request, headers) }
            }
            if let Some(worked) = &worked {
                { signature(worked) }
            }
            if let Some(response) = &exchange.response {
                { message("Response", response, &response.headers) }
            }
        </>
    }
}

fn message(title: &str, http: &Http, headers: &[(String, String)]) -> Html {
    let lines: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let text = format!("{}\n{}\n\n{}", http.start, lines.join("\n"), http.body);
    let is_form = headers.iter().any(|(_, value)| value.contains("x-www-form-urlencoded"));
    let shown = if is_form {
        format!("{}\n{}\n\n{}", http.start, lines.join("\n"), http.body.replace('&', "\n&"))
    } else {
        text.clone()
    };
    html! {
        <section class="paper" aria-label={title.to_owned()}>
            <h3 class="step__heading">{ title }{ " " }<CopyButton {text} what="the message" /></h3>
            <pre class="code" tabindex="0" role="region" aria-label={format!("{title}, text")}>{ shown.trim_end() }</pre>
        </section>
    }
}

/// Signature Version 4, worked out.
fn signature(worked: &Worked) -> Html {
    let part =
        |title: &'static str, text: &str| html! { <><dt>{ title }</dt><dd><pre class="code">{ text }</pre></dd></> };
    html! {
        <details class="sigv4">
            <summary>{ "How it is signed: Signature Version 4, worked out" }</summary>
            <p class="value__about">{ "The service makes the same calculation with the secret that it knows. Only who knows the secret gets the same signature, and the secret itself is never sent." }</p>
            <dl class="sigv4__parts">
                { part("1. Canonical request", &worked.canonical_request) }
                { part("2. String to sign, with the SHA-256 of the canonical request", &worked.string_to_sign) }
                <dt>{ "3. Signing key, made from the secret by HMAC" }</dt>
                <dd>
                    <p>{ "It begins with the letters AWS4 and the secret access key; each result is the key of the next step." }</p>
                    <ol>
                        for step in &worked.signing_key_steps {
                            <li key={step.name}>{ step.name }{ ": HMAC of " }<code>{ &step.message }</code>{ " → " }<code>{ &step.result }</code></li>
                        }
                    </ol>
                </dd>
                { part("4. Signature: HMAC of the string to sign", &worked.signature) }
                { part("5. Authorization header", &worked.authorization) }
            </dl>
        </details>
    }
}
