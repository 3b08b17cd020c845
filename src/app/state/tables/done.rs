//! What came of an order.

use std::rc::Rc;

use crate::analysis::tables::{Differences, Grid, Inputs, Job, Sheet, Survey};
use crate::eval::situation::Memo;
use crate::explain::verdict_name;

use super::{Order, Which, rival_words};

/// The verdicts of a table with all that gives them names.
#[derive(Clone, Debug)]
pub struct Done {
    /// What was ordered.
    pub order: Order,
    /// What came of it.
    marks: Rc<str>,
}

impl Done {
    /// The marks that an order came to.
    pub fn new(order: Order, marks: Rc<str>) -> Self {
        Self { order, marks }
    }

    fn with<T>(&self, look: impl FnOnce(Inputs<'_>) -> T) -> T {
        let Order { world, library, catalog, .. } = &self.order;
        look(Inputs { world, library, catalog, memo: &Memo::default() })
    }

    /// The grid, if it is one.
    pub fn grid(&self) -> Option<Grid> {
        self.with(|inputs| Grid::new(&inputs, &self.order.terms, &self.order.job, &self.marks))
    }

    /// What `look` finds in the survey, if it is one.
    pub fn survey<T>(&self, look: impl FnOnce(&Survey<'_>) -> T) -> Option<T> {
        self.with(|inputs| Survey::new(inputs, &self.order.terms, &self.marks).as_ref().map(look))
    }

    /// The differences, if it is that.
    pub fn differences(&self) -> Option<Differences> {
        let Job::Differences(rival) = &self.order.job else { return None };
        self.with(|inputs| Differences::new(&inputs, &self.order.terms, rival, &self.marks))
    }

    /// The table as it is handed out.
    pub fn sheet(&self, which: Which) -> Option<Sheet> {
        match (&self.order.job, which) {
            (Job::Matrix(_) | Job::WhoCan, _) => Some(self.grid()?.sheet(verdict_name)),
            (Job::Survey, Which::HeatMap) => self.survey(|survey| survey.heat_sheet()),
            (Job::Survey, _) => self.survey(|survey| survey.sheet(verdict_name)),
            (Job::Differences(rival), _) => {
                let of = [self.order.terms.asking.principal.to_string(), rival_words(rival)];
                Some(self.differences()?.sheet(of.each_ref().map(String::as_str), verdict_name))
            }
        }
    }
}
