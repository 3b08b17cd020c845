//! No module uses one of its own layer or a higher one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::project;

const LAYERS: [(&str, u8); 13] = [
    ("text", 0),
    ("ident", 0),
    ("policy", 1),
    ("catalog", 1),
    ("model", 2),
    ("eval", 3),
    ("explain", 4),
    ("analysis", 5),
    ("case", 6),
    ("diagram", 6),
    ("federation", 6),
    ("save", 6),
    ("app", 7),
];

/// Crates that only the page may name.
const BROWSER: [&str; 6] = ["yew", "gloo", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(project("src")).expect("inside src").to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(&path).expect("the file can be read")));
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&project("src"), &mut found);
    found.retain(|(name, _)| name != "lib.rs" && name != "main.rs");
    assert!(found.len() > 30, "the sources were found");
    found
}

fn module_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

/// The modules named after `crate::`, wherever that stands, braces after it included.
fn used(code: &str) -> Vec<&str> {
    let names = |after: &str| after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
    code.match_indices("crate::")
        .flat_map(|(at, found)| {
            let after = &code[at + found.len()..];
            match after.strip_prefix('{') {
                Some(list) => list[..list.find('}').unwrap_or(list.len())]
                    .split(',')
                    .map(|item| item.trim().split("::").next().unwrap_or_default())
                    .collect(),
                None => vec![&after[..names(after)]],
            }
        })
        .collect()
}

/// Every edge that breaks the rule, as text.
fn violations(files: &[(String, String)]) -> Vec<String> {
    let layers = BTreeMap::from(LAYERS);
    let mut found = Vec::new();
    for (file, code) in files {
        let own = module_of(file);
        let Some(layer) = layers.get(own) else {
            found.push(format!("{file} belongs to no layer"));
            continue;
        };
        for target in used(code) {
            match layers.get(target) {
                Some(_) if target == own => {}
                Some(other) if other < layer => {}
                Some(_) => found.push(format!("{file} uses {target}")),
                None => found.push(format!("{file} uses {target}, which belongs to no layer")),
            }
        }
        if own != "app" {
            for library in BROWSER {
                if code.contains(&format!("{library}::")) {
                    found.push(format!("{file} uses {library}"));
                }
            }
        }
    }
    found
}

#[test]
fn no_module_uses_its_own_layer_or_a_higher_one() {
    assert_eq!(violations(&all_sources()), Vec::<String>::new());
}

#[test]
fn an_upward_import_is_found() {
    let files = |code: &str| vec![("policy/parse.rs".to_owned(), code.to_owned())];
    assert_eq!(violations(&files("use crate::eval::decide;")), ["policy/parse.rs uses eval"]);
    assert_eq!(violations(&files("use crate::{text::Span, explain};")), ["policy/parse.rs uses explain"]);
    assert_eq!(violations(&files("fn f() { crate::catalog::x() }")), ["policy/parse.rs uses catalog"]);
    assert_eq!(violations(&files("use web_sys::Window;")), ["policy/parse.rs uses web_sys"]);
    assert_eq!(violations(&files("use crate::text::Span;")), Vec::<String>::new());
}
