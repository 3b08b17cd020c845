//! Carrying a policy or a user onto the graph. Every such change can be made from a menu too.

use yew::{
    Callback, KeyboardEvent, NodeRef, PointerEvent, hook, use_callback, use_mut_ref, use_node_ref, use_state_eq,
};

use crate::app::platform::drag;
use crate::diagram::connect::Carried;

/// What is carried, and what follows the pointer.
pub struct Carrying {
    /// What is carried now.
    pub carried: Option<Carried>,
    /// What shows it beside the pointer.
    pub sign: NodeRef,
    /// The pointer is pressed.
    pub onpointerdown: Callback<PointerEvent>,
    /// The pointer moves.
    pub onpointermove: Callback<PointerEvent>,
    /// The pointer is let go, or taken by the browser.
    pub onpointerup: Callback<PointerEvent>,
    /// Escape drops it.
    pub onkeydown: Callback<KeyboardEvent>,
}

/// Picks up what is marked with `data-carry`.
#[hook]
pub fn use_carrying() -> Carrying {
    let carried = use_state_eq(|| None::<Carried>);
    let sign = use_node_ref();
    let pressed = use_mut_ref(|| None::<(Carried, (i32, i32))>);
    let onpointerdown = use_callback(pressed.clone(), |event: PointerEvent, pressed| {
        let marked = drag::value_around(&event, "data-carry").filter(|_| drag::can_carry(&event));
        let place = (event.client_x(), event.client_y());
        *pressed.borrow_mut() = marked.and_then(|key| Carried::of_key(&key)).map(|carried| (carried, place));
    });
    let deps = (pressed.clone(), carried.setter(), sign.clone());
    let onpointermove = use_callback(deps, |event: PointerEvent, (pressed, carry, sign)| {
        let mut pressed = pressed.borrow_mut();
        match &*pressed {
            Some(_) if !drag::is_pressed(&event) => {
                *pressed = None;
                carry.set(None);
            }
            Some((carried, place)) if drag::is_far(&event, *place) => {
                carry.set(Some(carried.clone()));
                drag::follow(&event, sign);
            }
            _ => {}
        }
    });
    let onpointerup = use_callback((pressed.clone(), carried.setter()), |_: PointerEvent, (pressed, carry)| {
        *pressed.borrow_mut() = None;
        carry.set(None);
    });
    let onkeydown = use_callback((pressed, carried.setter()), |event: KeyboardEvent, (pressed, carry)| {
        if event.key() == "Escape" {
            *pressed.borrow_mut() = None;
            carry.set(None);
        }
    });
    Carrying { carried: (*carried).clone(), sign, onpointerdown, onpointermove, onpointerup, onkeydown }
}
