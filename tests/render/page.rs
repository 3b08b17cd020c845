//! A page whose data has arrived, rendered to text.

use std::path::Path;
use std::rc::Rc;

use iam_playground::app::ByPtr;
use iam_playground::app::playground::{Playground, PlaygroundProps};
use iam_playground::app::state::{DataFile, Event, PolicyText, State};
use iam_playground::model::{Command, Holder, PolicyRef};
use yew::{LocalServerRenderer, Reducible};

/// A state on its way to be rendered.
#[derive(Clone)]
pub struct Page(Rc<State>);

/// What was rendered.
pub struct Rendered {
    /// The markup.
    pub html: String,
}

impl Page {
    /// Before any data has arrived.
    pub fn opening() -> Self {
        Self(Rc::new(State::opening("2026-11-24T12:00:00Z".to_owned())))
    }

    /// With the list of managed policies and the policy that the first answer needs.
    pub fn loaded() -> Self {
        let mut page = Self::opening();
        page.fetch(DataFile::ManagedIndex);
        page.fetch(DataFile::ManagedShard(0));
        page
    }

    fn fetch(&mut self, file: DataFile) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(file.path());
        let text = std::fs::read_to_string(&path).expect("the data is committed");
        self.reduce(Event::FileArrived(file, Ok(text)));
    }

    fn reduce(&mut self, event: Event) {
        self.0 = self.0.clone().reduce(event);
    }

    /// After an event.
    pub fn on(&self, event: Event) -> Self {
        Self(self.0.clone().reduce(event))
    }

    /// After attaching a managed policy to a user.
    pub fn attach(&mut self, user: &str, policy: &str) {
        let arn = format!("arn:aws:iam::aws:policy/{policy}");
        let shard = self.0.site.shard_of(&arn).expect("a policy of the index");
        self.fetch(DataFile::ManagedShard(shard));
        self.reduce(Event::Changed(Command::AttachPolicy { holder: Holder::User(user.into()), arn: arn.into() }));
    }

    /// The text of a policy.
    pub fn text(&self, policy: &PolicyRef) -> String {
        match PolicyText::of(policy, &self.0.world, &self.0.account(), &self.0.site.library) {
            PolicyText::Known(text) => text.to_string(),
            other => panic!("no text: {other:?}"),
        }
    }

    /// The page as markup.
    pub fn render(&self) -> Rendered {
        let opening = ByPtr::new(State::clone(&self.0));
        let renderer = LocalServerRenderer::<Playground>::with_props(PlaygroundProps { opening }).hydratable(false);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        Rendered { html: runtime.block_on(renderer.render()) }
    }
}

impl Rendered {
    /// The values of an attribute, in order.
    pub fn attribute(&self, name: &str) -> Vec<String> {
        values(&self.html, name)
    }

    /// The values of an attribute inside the elements of a class, in order.
    pub fn attributes_within(&self, class: &str, name: &str) -> Vec<String> {
        self.elements(class).iter().flat_map(|element| values(element, name)).collect()
    }

    /// The text of every element of a class.
    pub fn text_of(&self, class: &str) -> Vec<String> {
        self.elements(class).into_iter().map(text).collect()
    }

    fn elements(&self, class: &str) -> Vec<&str> {
        let classes = self.html.match_indices("class=\"").map(|(at, found)| at + found.len());
        let has_class =
            |at: &usize| self.html[*at..].split('"').next().is_some_and(|list| list.split(' ').any(|one| one == class));
        classes.filter(has_class).map(|at| element(&self.html, at)).collect()
    }
}

fn values(html: &str, name: &str) -> Vec<String> {
    let opening = format!(" {name}=\"");
    html.split(&opening).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

/// The element around an attribute at `at`, from its opening to its closing tag.
fn element(html: &str, at: usize) -> &str {
    let start = html[..at].rfind('<').expect("an opening tag");
    let name: String = html[start + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let (open, close) = (format!("<{name} "), format!("</{name}>"));
    let bare = format!("<{name}>");
    let opens = |from: usize| {
        [&open, &bare].into_iter().filter_map(|tag| html[from..].find(tag)).min().map(|found| from + found)
    };
    let (mut depth, mut end) = (0, start);
    loop {
        let next_open = opens(end);
        let next_close = end + html[end..].find(&close).expect("a closing tag");
        match next_open.filter(|open| *open < next_close) {
            Some(found) => {
                depth += 1;
                end = found + bare.len();
            }
            None => {
                depth -= 1;
                end = next_close + close.len();
                if depth == 0 {
                    return &html[start..end];
                }
            }
        }
    }
}

fn text(element: &str) -> String {
    let mut text = String::new();
    let mut tag = false;
    for letter in element.chars() {
        match letter {
            '<' => tag = true,
            '>' => tag = false,
            _ if !tag => text.push(letter),
            _ => {}
        }
    }
    text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
