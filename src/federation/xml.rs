//! XML in the one form in which it can be hashed: Exclusive XML Canonicalization 1.0, without comments.

use std::borrow::Cow;
use std::fmt::Write as _;

use roxmltree::{Attribute, Node, NodeId};

/// The identifier of the form.
pub(super) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// Namespace of `xml:`, which is never declared.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Text between tags.
pub(super) fn text(value: &str) -> String {
    escaped(value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

/// The value of an attribute, without the quotes.
pub(super) fn attribute(value: &str) -> String {
    escaped(value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#x9;"),
        '\n' => Some("&#xA;"),
        '\r' => Some("&#xD;"),
        _ => None,
    })
}

fn escaped(value: &str, escape: impl Fn(char) -> Option<&'static str>) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match escape(c) {
            Some(reference) => text.push_str(reference),
            None if is_allowed(c) => text.push(c),
            None => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text
}

/// XML has no other control characters, not even as references.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Opens or closes an element, or writes what stands between.
enum Step<'a, 'input> {
    Open(Node<'a, 'input>),
    Close { name: &'a str, declared: usize },
}

/// An element in canonical form, without one of those inside it.
pub(super) fn canonical(apex: Node<'_, '_>, without: Option<NodeId>) -> String {
    let mut written = String::new();
    // Prefixes and namespaces that the open elements declare, the innermost last.
    let mut declared: Vec<(&str, &str)> = Vec::new();
    let mut steps = vec![Step::Open(apex)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Close { name, declared: before } => {
                declared.truncate(before);
                let _ = write!(written, "</{name}>");
            }
            Step::Open(node) if Some(node.id()) == without => {}
            Step::Open(node) if node.is_element() => {
                let name = element_name(node);
                steps.push(Step::Close { name, declared: declared.len() });
                open(node, name, &mut declared, &mut written);
                // What is pushed last comes next.
                let children: Vec<Node<'_, '_>> = node.children().collect();
                steps.extend(children.into_iter().rev().map(Step::Open));
            }
            Step::Open(node) => between(node, &mut written),
        }
    }
    written
}

fn open<'a>(node: Node<'a, '_>, name: &'a str, declared: &mut Vec<(&'a str, &'a str)>, written: &mut String) {
    let mut attributes: Vec<(&str, Attribute<'_, '_>)> =
        node.attributes().map(|attribute| (source(node, attribute.range_qname()), attribute)).collect();
    let mut used = vec![(prefix(name), node.tag_name().namespace().unwrap_or_default())];
    // An attribute without a prefix is in no namespace.
    used.extend(attributes.iter().filter_map(|(name, attribute)| Some((prefix(name), attribute.namespace()?))));
    used.retain(|(_, namespace)| *namespace != XML);
    used.sort_unstable();
    used.dedup();
    attributes.sort_by_key(|(_, attribute)| (attribute.namespace().unwrap_or_default(), attribute.name()));

    let _ = write!(written, "<{name}");
    for (prefix, namespace) in used {
        let known = declared.iter().rev().find(|(known, _)| *known == prefix).map(|(_, namespace)| *namespace);
        // Without any declaration, what has no prefix is in no namespace.
        if known == Some(namespace) || (known.is_none() && namespace.is_empty()) {
            continue;
        }
        declared.push((prefix, namespace));
        let colon = if prefix.is_empty() { "" } else { ":" };
        let _ = write!(written, " xmlns{colon}{prefix}=\"{}\"", attribute(namespace));
    }
    for (name, value) in attributes {
        let _ = write!(written, " {name}=\"{}\"", attribute(value.value()));
    }
    written.push('>');
}

/// Texts and processing instructions; comments do not count.
fn between(node: Node<'_, '_>, written: &mut String) {
    if let Some(instruction) = node.pi() {
        let value = instruction.value.map_or(Cow::Borrowed(""), |value| Cow::Owned(format!(" {value}")));
        let _ = write!(written, "<?{}{value}?>", instruction.target);
    } else if node.is_text() {
        written.push_str(&text(node.text().unwrap_or_default()));
    }
}

/// The name with its prefix, as it stands behind the `<`.
fn element_name<'a>(node: Node<'a, '_>) -> &'a str {
    let tag = source(node, node.range()).trim_start_matches('<');
    tag.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default()
}

fn source<'a>(node: Node<'a, '_>, range: std::ops::Range<usize>) -> &'a str {
    node.document().input_text().get(range).unwrap_or_default()
}

fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &str) {
        let document = roxmltree::Document::parse(xml).unwrap();
        assert_eq!(canonical(document.root_element(), None), expected);
    }

    #[test]
    fn tags_attributes_and_texts_have_one_form() {
        check(
            "<?xml version='1.0'?><!-- c --><a  z='1' b = '2\"' ><b/><!-- c --></a >",
            r#"<a b="2&quot;" z="1"><b></b></a>"#,
        );
        check(
            "<a b='&lt;&#9;&gt;'>&lt;&amp;&gt;&#13;'\"<![CDATA[<x>]]>\r\n</a>",
            "<a b=\"&lt;&#x9;>\">&lt;&amp;&gt;&#xD;'\"&lt;x&gt;\n</a>",
        );
        check("<a><?go now?><?stop?></a>", "<a><?go now?><?stop?></a>");
    }

    /// Exclusive XML Canonicalization, section 2.2: the same element inside two others.
    #[test]
    fn an_element_does_not_depend_on_what_is_around_it() {
        let inner = r#"<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>"#;
        for outer in [
            r#"<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>"#,
            r#"<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xmlns:n3="ftp://example.org" xml:lang="fr"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff/></n1:elem2></n2:pdu>"#,
        ] {
            let document = roxmltree::Document::parse(outer).unwrap();
            let element =
                document.descendants().find(|node| node.has_tag_name(("http://example.net", "elem2"))).unwrap();
            assert_eq!(canonical(element, None), inner);
        }
    }

    #[test]
    fn namespaces_stand_where_they_are_used() {
        check(
            r#"<a xmlns="u" xmlns:p="v"><b/><p:c p:y="1" x="2"/></a>"#,
            r#"<a xmlns="u"><b></b><p:c xmlns:p="v" x="2" p:y="1"></p:c></a>"#,
        );
        check(
            r#"<a xmlns="u"><b xmlns=""><c xmlns="u"/></b></a>"#,
            r#"<a xmlns="u"><b xmlns=""><c xmlns="u"></c></b></a>"#,
        );
        check(r#"<a xmlns:b="u" xmlns:c="u" b:x="1" c:y="2"/>"#, r#"<a xmlns:b="u" xmlns:c="u" b:x="1" c:y="2"></a>"#);
    }

    #[test]
    fn what_is_left_out_leaves_the_blanks_around_it() {
        let document = roxmltree::Document::parse("<a>1 <b>2</b> 3</a>").unwrap();
        let b = document.descendants().find(|node| node.has_tag_name("b")).map(|node| node.id());
        assert_eq!(canonical(document.root_element(), b), "<a>1  3</a>");
    }

    #[test]
    fn characters_that_xml_does_not_have_are_replaced() {
        assert_eq!(text("a\0\u{1b}b\n\t"), "a\u{fffd}\u{fffd}b\n\t");
        assert_eq!(attribute("<\"\n\u{ffff}>"), "&lt;&quot;&#xA;\u{fffd}>");
    }

    #[test]
    fn depth_does_not_matter() {
        let deep = format!("{}{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
        check(&deep, &deep);
    }
}
