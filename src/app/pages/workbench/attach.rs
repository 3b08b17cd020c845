//! Choosing an AWS managed policy to attach.

use std::sync::Arc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{Dialog, SearchEntry, SearchList, notice, segments};
use crate::app::state::{AttachTo, Attaching, DataFile, Event as StateEvent, Site};
use crate::catalog::ManagedFilter;
use crate::model::{Account, Holder};

const FILTERS: &[&str] = &["All", "Job function"];

/// Properties of [`AttachDialog`].
#[derive(Properties, PartialEq)]
pub struct AttachDialogProps {
    /// The account.
    pub account: Arc<Account>,
    /// What was fetched.
    pub site: ByPtr<Site>,
    /// To whom, and how far it has come.
    pub attaching: Attaching,
    /// Managed policies that are passed with the session of whoever asks.
    pub passed: Vec<Arc<str>>,
    /// Why the last one was refused.
    pub refusal: Option<AttrValue>,
}

/// Search, filter and list of all AWS managed policies that can be attached.
#[component]
pub fn AttachDialog(props: &AttachDialogProps) -> Html {
    let query = use_state_eq(String::new);
    let filter = use_state_eq(|| 0usize);
    let entries = {
        let deps = (
            (*query).clone(),
            *filter,
            props.site.clone(),
            props.account.clone(),
            props.attaching.clone(),
            props.passed.clone(),
        );
        use_memo(deps, |(query, filter, site, account, attaching, passed)| {
            ByPtr::new(found(query, *filter, site, account, attaching, passed))
        })
    };
    let failed = failed_file(&props.site, &props.attaching);
    let onquery = {
        let query = query.setter();
        use_callback((), move |text: String, ()| query.set(text))
    };
    let onfilter = {
        let filter = filter.setter();
        use_callback((), move |at: usize, ()| filter.set(at))
    };
    html! {
        <Dialog id="attach" title={title(&props.attaching.to)}>
            <div class="dialog__body attach">
                <div class="attach__tools">
                    { segments("attach-filter", "Kind of AWS managed policy", FILTERS, *filter, &onfilter) }
                    <span class="attach__count" role="status">{ count(&entries, &props.site) }</span>
                </div>
                if let Some(refusal) = &props.refusal {
                    <p class="notice" role="alert">{ refusal }</p>
                }
                if let Some(file) = failed {
                    { notice("It did not load. Check the connection, then load it again.", props.site.failure(file), "Load it again",
                        StateEvent::FileRetried(file)) }
                }
                <SearchList id="attach" label="Search policies by name" placeholder="Search by name, such as readonly" list="AWS managed policies"
                    entries={(*entries).clone()} query={(*query).clone()} {onquery} />
            </div>
        </Dialog>
    }
}

fn title(to: &AttachTo) -> String {
    let of = |holder: &Holder| format!("{} {}", holder.kind(), holder.name());
    match to {
        AttachTo::Permissions(holder) => format!("Attach a policy to {}", of(holder)),
        AttachTo::Boundary(holder) => format!("Bound {} by a policy", of(holder)),
        AttachTo::Session => "Pass a managed policy as session policy".to_owned(),
    }
}

fn failed_file(site: &Site, attaching: &Attaching) -> Option<DataFile> {
    let shard = attaching.chosen.as_ref().and_then(|arn| site.shard_of(arn)).map(DataFile::ManagedShard);
    [Some(DataFile::ManagedIndex), shard].into_iter().flatten().find(|file| site.failure(*file).is_some())
}

fn found(
    query: &str,
    filter: usize,
    site: &Site,
    account: &Account,
    attaching: &Attaching,
    passed: &[Arc<str>],
) -> Vec<SearchEntry> {
    let Some(index) = site.index.ready() else { return Vec::new() };
    let filter = if filter == 0 { ManagedFilter::All } else { ManagedFilter::JobFunction };
    let attached = |arn: &str| match &attaching.to {
        AttachTo::Permissions(holder) => account
            .permissions(holder)
            .is_some_and(|permissions| permissions.attached.iter().any(|known| **known == *arn)),
        AttachTo::Boundary(holder) => account.boundary_of(holder).is_some_and(|known| **known == *arn),
        AttachTo::Session => passed.iter().any(|known| **known == *arn),
    };
    let entry = |name: &str, arn: String, about: String| {
        let loading = attaching.chosen.as_deref() == Some(&*arn) && failed_file(site, attaching).is_none();
        let about = match () {
            () if attached(&arn) => "attached already".to_owned(),
            () if loading => "loading its text …".to_owned(),
            () => about,
        };
        let free = !attached(&arn) && !loading;
        SearchEntry {
            key: arn.clone().into(),
            name: name.to_owned().into(),
            about: about.into(),
            event: free.then(|| StateEvent::AttachChosen(arn.into())),
        }
    };
    let query_folded = query.trim().to_lowercase();
    let own = account.policies.iter().filter(|policy| {
        filter == ManagedFilter::All
            && query_folded.split_whitespace().all(|word| policy.name.to_lowercase().contains(word))
    });
    let own = own.map(|policy| {
        entry(&policy.name, account.policy_arn(policy), format!("customer managed, v{}", policy.default))
    });
    let found = index.search(query, filter).into_iter();
    own.chain(found.map(|found| entry(&found.name, found.arn(), about(found)))).collect()
}

fn about(entry: &crate::catalog::ManagedEntry) -> String {
    let kind = if entry.job_function { "job function, " } else { "" };
    format!("{kind}{} of {}", entry.version, entry.date)
}

fn count(entries: &[SearchEntry], site: &Site) -> String {
    match (site.index.ready(), site.index.failure()) {
        (Some(index), _) if entries.len() == index.entries().len() => format!("{} policies", thousands(entries.len())),
        (Some(index), _) => format!("{} of {} policies", thousands(entries.len()), thousands(index.entries().len())),
        (None, Some(_)) => "The list of policies is missing".to_owned(),
        (None, None) => "The list of policies is on its way".to_owned(),
    }
}

/// `1216` as `1,216`.
pub fn thousands(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (more, rest) => format!("{},{rest:03}", thousands(more)),
    }
}

/// The text of an input event's field.
pub fn typed(event: &InputEvent) -> Option<String> {
    event.target_dyn_into::<HtmlInputElement>().map(|input| input.value())
}
