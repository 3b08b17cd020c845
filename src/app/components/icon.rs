//! Small drawings on a grid of 24. They say nothing alone: a word stands beside each, or its button has a label.

use yew::prelude::*;

/// Which drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// Solid disc with a tick: allowed.
    Allowed,
    /// Solid octagon with a bar: explicitly denied.
    ExplicitlyDenied,
    /// Hollow dashed disc: implicitly denied, nothing said yes.
    ImplicitlyDenied,
    /// Dot: not there.
    Absent,
    /// Disc outline with a tick: would pass, and does not matter.
    Moot,
    /// Tick.
    Check,
    /// Cross.
    Cross,
    /// Dash: not needed, nothing there.
    Dash,
    /// One person.
    User,
    /// Person with a key: the root user.
    Root,
    /// Two circles: a group.
    Group,
    /// Hexagon: a role.
    Role,
    /// Cylinder: a resource.
    Resource,
    /// Plus.
    Plus,
    /// Sheet with lines: a policy.
    Policy,
    /// Arrow head to the right.
    Chevron,
    /// Arrow head down.
    Down,
    /// Bent arrow back.
    Undo,
    /// Bent arrow onward.
    Redo,
    /// Lens: find.
    Search,
    /// Diamond: look here.
    Attention,
    /// The sign of the playground: half a yes, half nobody said so.
    Logo,
}

/// How a path is drawn.
#[derive(Clone, Copy)]
enum Pen {
    Line,
    Dashed,
    Fill,
    /// A line on a filled shape.
    Cut,
}

const DISC: &str = "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z";
const RING: &str = "M12 3.2a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.6z";
const OCTAGON: &str = "M8 2h8l6 6v8l-6 6H8l-6-6V8z";

impl IconName {
    fn paths(self) -> &'static [(Pen, &'static str)] {
        match self {
            Self::Allowed => &[(Pen::Fill, DISC), (Pen::Cut, "M7.2 12.4l3.2 3.2 6.4-7")],
            Self::ExplicitlyDenied => &[(Pen::Fill, OCTAGON), (Pen::Cut, "M7.5 12h9")],
            Self::ImplicitlyDenied => &[(Pen::Dashed, RING)],
            Self::Absent => &[(Pen::Fill, "M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z")],
            Self::Moot => &[(Pen::Line, RING), (Pen::Line, "M8 12.4l2.7 2.7 5.3-5.8")],
            Self::Check => &[(Pen::Line, "M5 12.8l4.6 4.6L19 7")],
            Self::Cross => &[(Pen::Line, "M6 6l12 12M18 6L6 18")],
            Self::Dash => &[(Pen::Line, "M7 12h10")],
            Self::User => &[(Pen::Line, "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6")],
            Self::Root => &[
                (Pen::Line, "M9.5 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM2.5 20.5c.7-4 3.4-6 7-6 1.6 0 3 .4 4.2 1.1"),
                (Pen::Line, "M18 12.5a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM18 17v5M18 20h2.5"),
            ],
            Self::Group => &[
                (Pen::Line, "M9 5.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z"),
                (Pen::Line, "M14 6.2a6.5 6.5 0 1 1 0 11.6"),
            ],
            Self::Role => &[(Pen::Line, "M12 3l7.8 4.5v9L12 21l-7.8-4.5v-9z")],
            Self::Resource => {
                &[(Pen::Line, "M5 6c0-1.7 3.1-3 7-3s7 1.3 7 3-3.1 3-7 3-7-1.3-7-3zM5 6v12c0 1.7 3.1 3 7 3s7-1.3 7-3V6")]
            }
            Self::Plus => &[(Pen::Line, "M12 5v14M5 12h14")],
            Self::Policy => &[(Pen::Line, "M6 3h8.5L19 7.5V21H6zM14 3v5h5M9 12.5h7M9 16.5h5")],
            Self::Chevron => &[(Pen::Line, "M9 6l6 6-6 6")],
            Self::Down => &[(Pen::Line, "M6 9l6 6 6-6")],
            Self::Undo => &[(Pen::Line, "M8 5L4 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-3")],
            Self::Redo => &[(Pen::Line, "M16 5l4 4-4 4M19.5 9H10a5.5 5.5 0 0 0 0 11h3")],
            Self::Search => &[(Pen::Line, "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.3 15.3L20.5 20.5")],
            Self::Attention => &[(Pen::Line, "M12 2.5L21.5 12 12 21.5 2.5 12zM12 7.5v5.5M12 16v.5")],
            Self::Logo => &[(Pen::Dashed, "M12 3a9 9 0 0 0 0 18"), (Pen::Fill, "M12 2a10 10 0 0 1 0 20z")],
        }
    }
}

/// A drawing of the usual size, hidden from assistive technology.
pub fn icon(name: IconName) -> Html {
    icon_with(name, "icon")
}

/// A drawing with a class for its size and place.
pub fn icon_with(name: IconName, class: &'static str) -> Html {
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            for (pen, path) in name.paths() {
                { draw(*pen, path) }
            }
        </svg>
    }
}

/// A drawing inside of another picture, in a square of 24.
pub fn icon_paths(name: IconName) -> Html {
    html! {
        <g aria-hidden="true" pointer-events="none">
            for (pen, path) in name.paths() {
                { draw(*pen, path) }
            }
        </g>
    }
}

fn draw(pen: Pen, path: &'static str) -> Html {
    let (fill, stroke, dashes) = match pen {
        Pen::Line => ("none", "currentColor", None),
        Pen::Dashed => ("none", "currentColor", Some("4 3.9")),
        Pen::Fill => ("currentColor", "none", None),
        Pen::Cut => ("none", "var(--color-bg)", None),
    };
    html! {
        <path d={path} {fill} {stroke} stroke-dasharray={dashes} stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    }
}
