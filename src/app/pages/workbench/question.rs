//! "Can … do … on … when …?" Every field answers at once.

use std::sync::Arc;

use yew::prelude::*;

use super::action_field::ActionField;
use super::principal_field::PrincipalField;
use super::resource_field::ResourceField;
use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon, prose};
use crate::app::state::{Answer, Asked, DataFile, Event as StateEvent, Site};
use crate::catalog::ResourceHint;
use crate::eval::Resource;
use crate::eval::situation::callers;
use crate::model::Account;

/// Id of the element that says more about the question.
pub const NOTES_ID: &str = "question-notes";

/// Properties of [`Question`].
#[derive(Properties, PartialEq)]
pub struct QuestionProps {
    /// Who there is.
    pub account: Arc<Account>,
    /// What is asked.
    pub asked: ByPtr<Asked>,
    /// What was fetched.
    pub site: ByPtr<Site>,
    /// The answer, for the number of values it used.
    pub answer: Option<ByPtr<Answer>>,
    /// Whether the values are listed.
    pub when_open: bool,
}

/// The question as one sentence.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let values =
        props.answer.as_ref().map_or(0, |answer| answer.context.iter().filter(|entry| entry.value.is_some()).count());
    let changed = props.asked.changes.len();
    let callers = use_memo(props.account.clone(), |account| ByPtr::new(callers(account)));
    html! {
        <section class="question" aria-labelledby="question-title">
            <h2 class="visually-hidden" id="question-title" tabindex="-1">{ "Question" }</h2>
            <div class="question__sentence">
                <div class="question__part question__part--principal">
                    <span class="question__word">{ "Can" }</span>
                    <PrincipalField callers={(*callers).clone()} principal={props.asked.principal.clone()} />
                </div>
                <div class="question__part question__part--action">
                    <span class="question__word">{ "do" }</span>
                    <ActionField asked={&props.asked} site={&props.site} />
                </div>
                <div class="question__part question__part--resource">
                    <span class="question__word">{ "on" }</span>
                    <ResourceField account={props.account.id.clone()} asked={&props.asked} site={&props.site} />
                </div>
                <div class="question__part question__part--when">
                    <span class="question__word">{ "when" }</span>
                    <Act class="button question__when" event={StateEvent::WhenToggled} expanded={props.when_open}
                        controls={props.when_open.then_some("when")}>
                        { values_text(values, changed) }
                        { icon(IconName::Down) }
                    </Act>
                    <span class="question__word question__mark" aria-hidden="true">{ "?" }</span>
                </div>
            </div>
            { notes(&props.asked, &props.site) }
        </section>
    }
}

fn values_text(values: usize, changed: usize) -> String {
    match changed {
        0 => format!("{values} values"),
        _ => format!("{values} values, {changed} changed"),
    }
}

/// What is wrong or remarkable about the text in the fields.
fn notes(asked: &Asked, site: &Site) -> Html {
    let problems = [&asked.actions.problem, &asked.resource.problem].into_iter().flatten();
    html! {
        <div class="question__problems" id={NOTES_ID}>
            for problem in problems {
                <p class="question__problem question__problem--invalid" key={problem.as_str()}>
                    { icon(IconName::Attention) }<span>{ prose(&format!("{problem}.")) }</span>
                </p>
            }
            if let Some(remark) = remark(asked, site) {
                <p class="question__problem"><span>{ prose(&remark) }</span></p>
            }
            if let Some(why) = site.failure(DataFile::Actions) {
                <p class="question__problem">
                    <span>
                        { "The list of AWS actions did not load, so names are not completed. " }{ prose(why) }
                        { " " }<Act event={StateEvent::FileRetried(DataFile::Actions)}>{ "Load the list again" }</Act>
                    </span>
                </p>
            }
        </div>
    }
}

/// What the catalogue knows about the question and people may not expect.
fn remark(asked: &Asked, site: &Site) -> Option<String> {
    let catalog = site.actions.ready()?;
    let action = asked.first();
    if asked.is_stale() {
        return None;
    }
    match (catalog.resource_hint(action), &asked.resource.value) {
        (ResourceHint::Unknown, _) => Some(format!(
            "`{action}` is not in the list of AWS actions. It is compared with the policies all the same."
        )),
        (ResourceHint::None, Resource::Arn(_)) => {
            Some(format!("`{action}` is about no single resource: AWS asks on `*`, and so does this answer."))
        }
        (ResourceHint::Arns(_), Resource::None) => {
            Some(format!("`{action}` is about a resource. On `*`, only statements match whose resource is `*`."))
        }
        _ => None,
    }
}
