//! A table that is wanted, and how it is told to a worker, which shares nothing with the page: as texts, the world and every
//! question among them in the form that worlds are saved in.

use std::mem::discriminant;
use std::rc::Rc;

use crate::analysis::tables::{Inputs, Job, Rival, Terms, run};
use crate::app::ByPtr;
use crate::catalog::Catalog;
use crate::eval::situation::{Library, Memo};
use crate::model::{Asking, PrincipalRef, Proof, Time, World, example};
use crate::save::{self, Beside};

/// Everything that a table is made from.
#[derive(Clone, Debug)]
pub struct Order {
    /// The world.
    pub world: Rc<World>,
    /// The AWS managed policies at hand.
    pub library: Library,
    /// All actions.
    pub catalog: ByPtr<Catalog>,
    /// On what terms it asks.
    pub terms: Terms,
    /// Which table.
    pub job: Job,
}

impl PartialEq for Order {
    /// What texts say does not change, so that the library is left out: that of an attached policy is there before the order.
    fn eq(&self, other: &Self) -> bool {
        let inputs = Rc::ptr_eq(&self.world, &other.world) && self.catalog == other.catalog;
        inputs && self.job == other.job && self.terms == other.terms
    }
}

impl Eq for Order {}

impl Order {
    /// An order. Tables over all actions do not depend on the one that is asked about.
    pub fn new(world: Rc<World>, library: Library, catalog: ByPtr<Catalog>, terms: &Terms, job: Job) -> Option<Self> {
        world.account(&terms.asking.account)?;
        let mut terms = terms.clone();
        if matches!(job, Job::Survey | Job::Differences(_)) {
            terms.asking.action = "sts:GetCallerIdentity".into();
            terms.asking.resource = "*".into();
        }
        Some(Self { world, library, catalog, terms, job })
    }

    /// Whether it is for a table of this kind.
    pub fn is_like(&self, job: &Job) -> bool {
        discriminant(&self.job) == discriminant(job)
    }

    /// Does the work, here.
    pub fn run(&self, memo: &Memo, progress: &mut dyn FnMut(usize, usize)) -> String {
        run(&self.inputs(memo), &self.terms, &self.job, progress)
    }

    /// What the work is done with.
    pub fn inputs<'a>(&'a self, memo: &'a Memo) -> Inputs<'a> {
        Inputs { world: &self.world, library: &self.library, catalog: &self.catalog, memo }
    }

    /// The order for a worker that knows what it was told before.
    pub fn texts(&self, number: u32, actions: &str, known: &mut Known) -> Vec<String> {
        let Self { world, library, terms, job, .. } = self;
        let (kind, about, version) = match job {
            Job::Matrix(columns) => ("matrix", columns.clone(), 0),
            Job::WhoCan => ("who", String::new(), 0),
            Job::Survey => ("survey", String::new(), 0),
            Job::Differences(Rival::Principal(principal)) => ("principal", self.put_principal(principal), 0),
            Job::Differences(Rival::Version { policy, number }) => ("version", policy.to_string(), *number),
        };
        let signed_in = terms.signed_in.as_ref();
        let mut texts = vec![
            number.to_string(),
            kind.to_owned(),
            about,
            version.to_string(),
            put(&terms.asking),
            signed_in.map(|(principal, _)| self.put_principal(principal)).unwrap_or_default(),
            signed_in.map_or("", |(_, proof)| proof.id()).to_owned(),
            terms.now.clone(),
        ];
        let is_known = known.world.as_ref().is_some_and(|known| Rc::ptr_eq(known, world));
        texts.push(if is_known { String::new() } else { save::write(world, Time::default()) });
        texts.push(if known.actions { String::new() } else { actions.to_owned() });
        let attached = world.accounts.values().flat_map(|account| account.attached_arns());
        let attached = attached.chain(&terms.asking.session.managed);
        for arn in attached {
            if let Some(text) = library.text(arn).filter(|_| !known.library.contains(arn)) {
                texts.extend([arn.to_string(), text.to_string()]);
                known.library = std::mem::take(&mut known.library).with(arn.clone(), "".into());
            }
        }
        (known.world, known.actions) = (Some(world.clone()), true);
        texts
    }

    fn put_principal(&self, principal: &PrincipalRef) -> String {
        put(&Asking { principal: principal.clone(), ..self.terms.asking.clone() })
    }
}

/// What a worker was told already.
#[derive(Debug, Default)]
pub struct Known {
    world: Option<Rc<World>>,
    actions: bool,
    library: Library,
}

/// Where a worker does orders.
#[derive(Debug, Default)]
pub struct Desk {
    world: Option<Rc<World>>,
    catalog: Option<ByPtr<Catalog>>,
    library: Library,
    memo: Memo,
}

impl Desk {
    /// Takes an order as [`Order::texts`] tells it: its number and, where it makes sense, the order.
    pub fn take(&mut self, texts: Vec<String>) -> (u32, Option<Order>) {
        let mut texts = texts.into_iter();
        let number = texts.next().and_then(|text| text.parse().ok()).unwrap_or_default();
        (number, self.order(&mut texts))
    }

    fn order(&mut self, texts: &mut dyn Iterator<Item = String>) -> Option<Order> {
        let (kind, about, version) = (texts.next()?, texts.next()?, texts.next()?.parse().ok()?);
        let (asking, signed_in, proof, now) = (get(&texts.next()?)?, get(&texts.next()?), texts.next()?, texts.next()?);
        let (world, actions) = (texts.next()?, texts.next()?);
        if !world.is_empty() {
            self.world = save::read(&world).ok().map(|saved| Rc::new(saved.world));
        }
        if !actions.is_empty() {
            self.catalog = Catalog::parse(&actions).ok().map(ByPtr::new);
        }
        while let Some((arn, text)) = texts.next().zip(texts.next()) {
            self.library = std::mem::take(&mut self.library).with(arn.into(), text.into());
        }
        let job = match kind.as_str() {
            "matrix" => Job::Matrix(about),
            "who" => Job::WhoCan,
            "survey" => Job::Survey,
            "principal" => Job::Differences(Rival::Principal(get(&about)?.principal)),
            "version" => Job::Differences(Rival::Version { policy: about.into(), number: version }),
            _ => return None,
        };
        let signed_in = signed_in.map(|asking| asking.principal).zip(Proof::of_id(&proof));
        let terms = Terms { asking, signed_in, now };
        Order::new(self.world.clone()?, self.library.clone(), self.catalog.clone()?, &terms, job)
    }

    /// Texts that were compiled for earlier orders.
    pub fn memo(&self) -> &Memo {
        &self.memo
    }
}

/// A question beside a world without anything.
fn put(asking: &Asking) -> String {
    let beside = Beside { question: Some(asking.clone()), ..Beside::default() };
    save::write_with(&example::empty(""), &beside, Time::default())
}

fn get(text: &str) -> Option<Asking> {
    save::read(text).ok()?.beside.question
}
