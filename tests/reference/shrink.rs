//! Makes a case smaller while it still shows what it shows.

use serde_json::Value;

/// Tries to leave out one part after the other, as long as `shows` holds for what is left.
pub fn shrink(case: &Value, shows: impl Fn(&Value) -> bool) -> Value {
    let mut smallest = case.clone();
    loop {
        let smaller = optional_parts(&smallest, "").into_iter().find_map(|path| {
            let mut candidate = smallest.clone();
            remove(&mut candidate, &path);
            shows(&candidate).then_some(candidate)
        });
        match smaller {
            Some(found) => smallest = found,
            None => return smallest,
        }
    }
}

/// The JSON pointers of what a case can do without: elements of arrays, and the fields that are optional.
fn optional_parts(value: &Value, path: &str) -> Vec<String> {
    const OPTIONAL: [&str; 10] =
        ["Sid", "Condition", "policies", "identity", "boundary", "session", "resource", "scp", "rcp", "endpoint"];
    let mut found = Vec::new();
    match value {
        Value::Array(list) => {
            for (position, element) in list.iter().enumerate() {
                let inner = format!("{path}/{position}");
                if list.len() > 1 || path.ends_with("/policies") {
                    found.push(inner.clone());
                }
                found.extend(optional_parts(element, &inner));
            }
        }
        Value::Object(fields) => {
            let free = path.ends_with("/context") || path.contains("/Condition") && fields.len() > 1;
            let in_request = path == "/request";
            for (name, field) in fields {
                let inner = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
                if free || OPTIONAL.contains(&name.as_str()) && !in_request {
                    found.push(inner.clone());
                }
                found.extend(optional_parts(field, &inner));
            }
        }
        _ => {}
    }
    found
}

fn remove(value: &mut Value, path: &str) {
    let Some((parent, last)) = path.rsplit_once('/') else {
        return;
    };
    match value.pointer_mut(parent) {
        Some(Value::Array(list)) => {
            if let Ok(position) = last.parse::<usize>() {
                list.remove(position);
            }
        }
        Some(Value::Object(fields)) => {
            fields.shift_remove(&last.replace("~1", "/").replace("~0", "~"));
        }
        _ => {}
    }
}
