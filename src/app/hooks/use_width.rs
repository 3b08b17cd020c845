//! Following the width of an element.

use yew::{Callback, NodeRef, hook, use_effect_with, use_state_eq};

use crate::app::platform::size;

/// Width of the inside of what `node` holds, once it is known. It is measured again when the window or `content` changes.
#[hook]
pub fn use_width<T: PartialEq + 'static>(node: &NodeRef, content: T) -> Option<i32> {
    let width = use_state_eq(|| None);
    let measure = {
        let (node, set) = (node.clone(), width.setter());
        Callback::from(move |()| set.set(size::width(&node)))
    };
    use_effect_with(content, {
        let measure = measure.clone();
        move |_| measure.emit(())
    });
    use_effect_with((), move |()| {
        let listener = size::watch(measure);
        move || drop(listener)
    });
    *width
}
