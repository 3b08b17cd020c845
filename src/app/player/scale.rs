//! Thousands or millions of people, as a picture with numbers.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::federation::scale::{PEOPLE, Scale, counted};

/// Squares of the picture, at most.
const SQUARES: u64 = 400;
/// Where the slider stands at first: a million.
const FIRST: usize = 4;

/// An IAM user for each person against one role for all.
#[component]
pub fn Crowd() -> Html {
    let at = use_state_eq(|| FIRST);
    let oninput = {
        let set = at.setter();
        use_callback((), move |event: InputEvent, ()| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            set.set(value.parse().unwrap_or(FIRST));
        })
    };
    let scale = Scale { people: PEOPLE.get(*at).copied().unwrap_or_default() };
    let people = counted(scale.people);
    html! {
        <div class="crowd">
            <p class="flows__about">
                { "Nobody makes an IAM user for every person who uses an app. The provider knows the people, and one role lets all of them in, each into what is theirs." }
            </p>
            <div class="crowd__choice">
                <label class="label" for="people">{ "People who sign in" }</label>
                <input type="range" class="controls__range" id="people" min="0" max={(PEOPLE.len() - 1).to_string()} step="1"
                    value={at.to_string()} aria-valuetext={people.clone()} {oninput} />
                <output for="people"><strong>{ &people }</strong></output>
            </div>
            <p class="head__ending" data-state="plain" role="status">{ scale.sentence() }</p>
            { picture(scale) }
            <table class="claims crowd__table">
                <caption class="visually-hidden">{ "Users against one role" }</caption>
                <thead>
                    <tr><th scope="col">{ "What is counted" }</th><th scope="col">{ "An IAM user for each" }</th><th scope="col">{ "One role for all" }</th></tr>
                </thead>
                <tbody>
                    for line in scale.lines() {
                        <tr key={line.what}>
                            <th scope="row">{ line.what }</th>
                            <td data-label="Users: ">{ line.users }</td>
                            <td data-label="Role: ">{ line.role }</td>
                        </tr>
                    }
                </tbody>
            </table>
            <p><a href="#/flows/web-identity">{ "See how one of them signs in" }</a></p>
        </div>
    }
}

/// Accounts as squares, beside one role.
fn picture(scale: Scale) -> Html {
    let accounts = scale.accounts();
    let each = accounts.div_ceil(SQUARES);
    let squares = accounts.div_ceil(each);
    let legend = match each {
        1 => "A square is an account with up to 5,000 users.".to_owned(),
        each => format!("A square is {} accounts with 5,000 users each.", counted(each)),
    };
    html! {
        <div class="crowd__picture">
            <figure>
                <div class="crowd__squares" aria-hidden="true">
                    for at in 0..squares {
                        <span key={at}></span>
                    }
                </div>
                <figcaption>{ format!("{} of users. {legend}", plural(accounts)) }</figcaption>
            </figure>
            <figure>
                <div class="crowd__squares" aria-hidden="true"><span class="crowd__role"></span></div>
                <figcaption>{ "One account, one role." }</figcaption>
            </figure>
        </div>
    }
}

fn plural(accounts: u64) -> String {
    if accounts == 1 { "1 account".to_owned() } else { format!("{} accounts", counted(accounts)) }
}
