//! Addresses of the flows: `/flows/web-identity?provider=google&step=6&fault=wrong-audience&set.role=…`.

use crate::federation::{self, Fault, Flow, Variant};

/// What an address asks for. What makes no sense in it is left out, and a step beyond the last one is the last one.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// The way to go.
    pub variant: &'static Variant,
    /// How many steps are shown.
    pub step: usize,
    /// What goes wrong.
    pub fault: Option<&'static Fault>,
    /// Values that are not as they are by themselves.
    pub values: Vec<(&'static str, String)>,
    /// The variant beside it.
    pub compare: Option<&'static Variant>,
    /// Whether the steps are a list.
    pub list: bool,
}

/// The flow that an address names; `None` for the list of all.
pub fn flow(address: &str) -> Option<&'static Flow> {
    let path = address.split('?').next().unwrap_or_default();
    federation::flow(path.strip_prefix("/flows/")?)
}

/// Whether an address is that of the picture of many people.
pub fn is_scale(address: &str) -> bool {
    address.split('?').next() == Some("/flows/scale")
}

/// What an address asks of a flow.
pub fn read(flow: &'static Flow, address: &str) -> Visit {
    const NONE: Variant = Variant { id: "", name: "", lanes: &[] };
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (decoded(key), decoded(value)))
        .collect();
    let get = |wanted: &str| pairs.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
    let variant = get("provider").and_then(|id| flow.variant(id)).or_else(|| flow.variants.first()).unwrap_or(&NONE);
    let last = flow.steps_of(variant).count();
    let set = pairs.iter().filter_map(|(key, value)| Some((key.strip_prefix("set.")?, value)));
    let known = |id: &str| flow.inputs_of(variant).find(|(input, _)| input.id == id).map(|(input, _)| input.id);
    Visit {
        variant,
        step: get("step").and_then(|text| text.parse::<usize>().ok()).unwrap_or(0).min(last),
        fault: get("fault").and_then(|id| flow.fault(id, variant)),
        values: set.filter_map(|(id, value)| Some((known(id)?, value.clone()))).collect(),
        compare: get("compare").and_then(|id| flow.variant(id)).filter(|other| other.id != variant.id),
        list: get("view") == Some("list"),
    }
}

/// The address of a visit.
pub fn write(flow: &Flow, visit: &Visit) -> String {
    let mut pairs = vec![("provider".to_owned(), visit.variant.id.to_owned())];
    let mut pair = |key: &str, value: String| pairs.push((key.to_owned(), value));
    if visit.step > 0 {
        pair("step", visit.step.to_string());
    }
    if let Some(fault) = visit.fault {
        pair("fault", fault.id.to_owned());
    }
    if let Some(compare) = visit.compare {
        pair("compare", compare.id.to_owned());
    }
    if visit.list {
        pair("view", "list".to_owned());
    }
    for (id, value) in &visit.values {
        pair(&format!("set.{id}"), federation::uri_encode(value));
    }
    let query: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("/flows/{}?{}", flow.id, query.join("&"))
}

/// Percent-encoded text; what is none stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (ahead.next(), ahead.next());
        let number = match digits {
            (Some(high), Some(low)) if byte == b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                digit(high).zip(digit(low)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok())
            }
            _ => None,
        };
        match number {
            Some(number) => {
                bytes.push(number);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web_identity() -> &'static Flow {
        federation::flow("web-identity").expect("the flow")
    }

    #[test]
    fn an_address_leads_back_to_itself() {
        let address = "/flows/web-identity?provider=amazon&step=6&fault=provider-id&compare=google&view=list&set.session=my%20app%26more";
        let flow = web_identity();
        let visit = read(flow, address);
        assert_eq!((visit.variant.id, visit.step, visit.list), ("amazon", 6, true));
        assert_eq!(visit.fault.map(|fault| fault.id), Some("provider-id"));
        assert_eq!(visit.values, [("session", "my app&more".to_owned())]);
        assert_eq!(write(flow, &visit), address);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let flow = web_identity();
        let visit =
            read(flow, "/flows/web-identity?provider=nobody&step=99&fault=none&compare=google&set.nothing=1&broken");
        assert_eq!((visit.variant.id, visit.fault.is_none(), visit.compare), ("google", true, None));
        assert_eq!(visit.step, flow.steps_of(visit.variant).count());
        assert_eq!(super::flow("/flows"), None);
        assert_eq!(super::flow("/flows/nothing"), None);
    }
}
