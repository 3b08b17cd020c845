//! The page.

fn main() {
    iam_playground::app::mount();
}
