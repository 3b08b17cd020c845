//! Signing in: as the root user by e-mail, or as an IAM user at the account's own address; then a second factor and a new
//! password where they are due (CON-40…49).

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::attach::typed;
use crate::app::ByPtr;
use crate::app::components::Dialog;
use crate::app::hooks::use_dispatch;
use crate::app::platform::{PlatformError, password, task};
use crate::app::state::sign_in::{WRONG, codes, may_not_change_password, proof, user_of};
use crate::app::state::{Event as StateEvent, Site};
use crate::model::{Account, Command, MfaDevice, PasswordHash, PrincipalRef, SignsIn, World, password_lacks};

/// Properties of [`SignInDialog`].
#[derive(Clone, Properties, PartialEq)]
pub struct SignInDialogProps {
    /// The accounts.
    pub world: Rc<World>,
    /// Whose console.
    pub account: Arc<Account>,
    /// AWS managed policies, for the right to change a password.
    pub site: ByPtr<Site>,
    /// The time, as ISO 8601.
    pub now: AttrValue,
    /// Why the last attempt was refused.
    pub refusal: Option<AttrValue>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Password,
    Code,
    NewPassword,
}

/// What was typed, and how far it came.
#[derive(Clone, Debug, PartialEq)]
struct Form {
    root: bool,
    step: Step,
    place: String,
    name: String,
    secret: String,
    code: String,
    renewed: String,
    problem: Option<String>,
}

/// What came of checking or hashing.
enum Checked {
    Password(Result<bool, PlatformError>),
    Renewed(Result<PasswordHash, PlatformError>),
}

impl Form {
    fn who(&self) -> SignsIn {
        if self.root { SignsIn::Root } else { SignsIn::User(self.name.trim().into()) }
    }

    fn devices<'a>(&self, account: &'a Account) -> &'a [MfaDevice] {
        match self.root {
            true => &account.root.mfa_devices,
            false => account.users.get(self.name.trim()).map_or(&[], |user| &user.mfa_devices),
        }
    }

    fn failed(&self, problem: impl Into<String>) -> Self {
        Self { problem: Some(problem.into()), ..self.clone() }
    }

    fn at(&self, step: Step) -> Self {
        Self { step, problem: None, ..self.clone() }
    }

    /// What the password is known by; `Ok(None)` for a root user that has none yet.
    fn known(&self, account: &Account) -> Result<Option<PasswordHash>, &'static str> {
        if self.root {
            let is_owner = account.root.email.eq_ignore_ascii_case(self.place.trim());
            return is_owner.then(|| account.root.password.clone()).ok_or(WRONG);
        }
        user_of(account, &self.place, &self.name).map(|(_, login)| Some(login.password.clone())).ok_or(WRONG)
    }

    fn reset_required(&self, account: &Account) -> bool {
        match self.root {
            true => account.root.password.is_none(),
            false => user_of(account, &self.place, &self.name).is_some_and(|(_, login)| login.reset_required),
        }
    }

    /// Why the new password cannot be taken.
    fn lacks(&self, props: &SignInDialogProps) -> Option<String> {
        let account = &props.account;
        let policy = account.password_policy.as_ref().filter(|_| !self.root);
        let lacks =
            password_lacks(&self.renewed, policy, if self.root { &account.root.email } else { self.name.trim() });
        if !lacks.is_empty() {
            return Some(format!("The password needs {}.", lacks.join(", ")));
        }
        if self.root {
            return None;
        }
        let (user, _) = user_of(account, &self.place, &self.name)?;
        may_not_change_password(&props.world, &props.site.library, account, user, &props.now)
            .or_else(|| (self.renewed == self.secret).then(|| "Choose a password other than the old one.".to_owned()))
    }

    /// The step after the password was right, or after the code was.
    fn after(&self, passed: Step, account: &Account) -> Option<Step> {
        let code = passed == Step::Password && !self.devices(account).is_empty();
        match (code, self.reset_required(account)) {
            (true, _) => Some(Step::Code),
            (false, true) => Some(Step::NewPassword),
            (false, false) => None,
        }
    }

    fn entered(&self, account: &Account, renewed: Option<PasswordHash>) -> StateEvent {
        let of = self.who();
        let (principal, renewing) = match &of {
            SignsIn::Root => (PrincipalRef::Root, renewed.map(|password| Command::SetRootPassword { password })),
            SignsIn::User(user) => (
                PrincipalRef::User(user.clone()),
                renewed.map(|password| Command::UpdateLoginProfile {
                    user: user.clone(),
                    password,
                    reset_required: false,
                }),
            ),
        };
        let proof = proof(self.devices(account));
        let commands: Vec<Command> = renewing.into_iter().chain([Command::RecordSignIn { of }]).collect();
        StateEvent::SignedIn { principal, proof, commands: commands.into() }
    }
}

/// The sign-in page.
#[component]
pub fn SignInDialog(props: &SignInDialogProps) -> Html {
    let dispatch = use_dispatch();
    let form = use_state_eq(|| Form {
        root: false,
        step: Step::Password,
        place: props.account.alias.as_ref().map_or_else(|| props.account.id.to_string(), ToString::to_string),
        name: String::new(),
        secret: String::new(),
        code: String::new(),
        renewed: String::new(),
        problem: None,
    });
    let running = use_mut_ref(|| None::<task::Task>);
    let onchecked = {
        let deps = (dispatch.clone(), props.account.clone(), (*form).clone(), form.setter());
        use_callback(deps, |checked: Checked, (dispatch, account, form, set)| match checked {
            Checked::Password(Err(error)) | Checked::Renewed(Err(error)) => set.set(form.failed(error.to_string())),
            Checked::Password(Ok(false)) => set.set(form.failed(WRONG)),
            Checked::Password(Ok(true)) => match form.after(Step::Password, account) {
                Some(step) => set.set(form.at(step)),
                None => dispatch.dispatch(form.entered(account, None)),
            },
            Checked::Renewed(Ok(password)) => dispatch.dispatch(form.entered(account, Some(password))),
        })
    };
    let onsubmit = {
        let deps = (dispatch, props.clone(), (*form).clone(), form.setter(), onchecked);
        use_callback(deps, move |event: SubmitEvent, (dispatch, props, form, set, onchecked)| {
            event.prevent_default();
            let account = &props.account;
            match form.step {
                Step::Password => match form.known(account) {
                    Err(problem) => set.set(form.failed(problem)),
                    Ok(None) => set.set(form.at(Step::NewPassword)),
                    Ok(Some(known)) => {
                        let secret = form.secret.clone();
                        let checking = async move { Checked::Password(password::is_password(&secret, &known).await) };
                        *running.borrow_mut() = Some(task::spawn(checking, onchecked.clone()));
                    }
                },
                Step::Code => {
                    let shown = form.devices(account).iter().any(|device| codes(&device.name).contains(&form.code));
                    match (shown, form.after(Step::Code, account)) {
                        (false, _) => set.set(form.failed("The code is not one that the device shows.")),
                        (true, Some(step)) => set.set(form.at(step)),
                        (true, None) => dispatch.dispatch(form.entered(account, None)),
                    }
                }
                Step::NewPassword => match form.lacks(props) {
                    Some(problem) => set.set(form.failed(problem)),
                    None => {
                        let renewed = form.renewed.clone();
                        let hashing = async move { Checked::Renewed(password::hash(&renewed).await) };
                        *running.borrow_mut() = Some(task::spawn(hashing, onchecked.clone()));
                    }
                },
            }
        })
    };
    let oninput = {
        let deps = ((*form).clone(), form.setter());
        use_callback(deps, |event: InputEvent, (form, set)| {
            let text = typed(&event).unwrap_or_default();
            let field = event.target_dyn_into::<web_sys::HtmlInputElement>().map(|input| input.name());
            let mut next = form.clone();
            match field.as_deref() {
                Some("place") => next.place = text,
                Some("name") => next.name = text,
                Some("secret") => next.secret = text,
                Some("code") => next.code = text,
                _ => next.renewed = text,
            }
            set.set(next);
        })
    };
    let onroot = {
        let deps = (props.account.clone(), (*form).clone(), form.setter());
        use_callback(deps, |_: MouseEvent, (account, form, set)| {
            let root = !form.root;
            let place = match root {
                true => account.root.email.to_string(),
                false => account.alias.as_ref().map_or_else(|| account.id.to_string(), ToString::to_string),
            };
            set.set(Form { root, place, ..form.at(Step::Password) });
        })
    };
    let entry = |name, label, kind, value: &String| entry(name, label, kind, value, &oninput);
    let account = &props.account;
    let (title, submit) = match (form.step, form.root) {
        (Step::Password, true) => ("Sign in as root user", "Sign in"),
        (Step::Password, false) => ("Sign in as IAM user", "Sign in"),
        (Step::Code, _) => ("Multi-factor authentication", "Submit"),
        (Step::NewPassword, true) => ("Set the root user's password", "Set password"),
        (Step::NewPassword, false) => ("Choose a new password", "Confirm password change"),
    };
    let trouble = form.problem.clone().map(AttrValue::from).or_else(|| props.refusal.clone());
    html! {
        <Dialog id="sign-in" {title}>
            <form class="dialog__body" {onsubmit}>
                if form.root {
                    <p class="mono sign-in__address" aria-label="Address">{ "https://signin.aws.amazon.com/" }</p>
                } else {
                    <p class="mono sign-in__address" aria-label="Address">{ account.sign_in_address() }</p>
                }
                { match form.step {
                    Step::Password if form.root => html! {
                        <>
                            { entry("place", "Root user email address", "text", &form.place) }
                            if account.root.password.is_some() {
                                { entry("secret", "Password", "password", &form.secret) }
                            } else {
                                <p>{ "This root user has no password yet: you choose one in the next step." }</p>
                            }
                        </>
                    },
                    Step::Password => html! {
                        <>
                            { entry("place", "Account ID (12 digits) or account alias", "text", &form.place) }
                            { entry("name", "IAM user name", "text", &form.name) }
                            { entry("secret", "Password", "password", &form.secret) }
                        </>
                    },
                    Step::Code => html! {
                        <>
                            for device in form.devices(account) {
                                <p key={&*device.name}>{ format!("The simulated device {} shows ", device.name) }<code>{ codes(&device.name)[0].clone() }</code>{ "." }</p>
                            }
                            { entry("code", "MFA code", "text", &form.code) }
                        </>
                    },
                    Step::NewPassword => html! {
                        <>
                            if !form.root {
                                <p>{ format!("User {} must set a new password before going on.", form.name.trim()) }</p>
                            }
                            { entry("renewed", "New password", "password", &form.renewed) }
                        </>
                    },
                } }
                <p role="alert">{ trouble.unwrap_or_default() }</p>
                <p class="dialog__note">{ "A simulation: nothing is sent anywhere. Do not use a password of yours." }</p>
                <div class="dialog__actions">
                    if form.step == Step::Password {
                        <button type="button" class="button" onclick={onroot}>{ if form.root { "Sign in as IAM user" } else { "Sign in using root user email" } }</button>
                    }
                    <button type="submit" class="button button--primary">{ submit }</button>
                </div>
            </form>
        </Dialog>
    }
}

fn entry(
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    value: &str,
    oninput: &Callback<InputEvent>,
) -> Html {
    html! {
        <label class="dialog__field" key={name}>
            <span class="label">{ label }</span>
            <input class="field" {name} type={kind} value={value.to_owned()} oninput={oninput.clone()} autofocus={name == "name"} autocomplete="off" spellcheck="false" />
        </label>
    }
}
