//! Moving through a list of options by keyboard while the focus stays in the text field (ARIA combobox).

use web_sys::Element;
use yew::{MouseEvent, TargetCast};

/// The option that was pressed, by its attribute `data-at`: the list listens, not each option.
pub fn option_at(event: &MouseEvent) -> Option<usize> {
    let pressed = event.target_dyn_into::<Element>()?.closest("[data-at]").ok()??;
    pressed.get_attribute("data-at")?.parse().ok()
}

/// A step through the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Down, from nothing to the first.
    Next,
    /// Up, from nothing to the last.
    Previous,
}

impl Step {
    /// The step that a key means.
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            _ => None,
        }
    }
}

/// The option after a step; the list is a ring.
pub fn step(step: Step, active: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (step, active) {
        (Step::Next, Some(at)) if at < last => at + 1,
        (Step::Next, _) => 0,
        (Step::Previous, Some(at)) if at > 0 => (at - 1).min(last),
        (Step::Previous, _) => last,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_are_a_ring() {
        assert_eq!(step(Step::Next, None, 3), Some(0));
        assert_eq!(step(Step::Next, Some(2), 3), Some(0));
        assert_eq!(step(Step::Previous, Some(0), 3), Some(2));
        assert_eq!(step(Step::Previous, None, 3), Some(2));
    }

    #[test]
    fn a_list_that_became_shorter_has_no_step_beyond_its_end() {
        assert_eq!(step(Step::Previous, Some(9), 3), Some(2));
        assert_eq!(step(Step::Next, Some(9), 3), Some(0));
        assert_eq!(step(Step::Next, None, 0), None);
    }
}
