//! AWS managed policies: an index of all that can be attached, and shards with their documents.

use std::sync::Arc;

use serde_json::Value;

use super::fields::{CatalogError, lines};

/// One attachable policy, without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedEntry {
    /// Name.
    pub name: Arc<str>,
    /// Path, `/` or `/service-role/` and the like.
    pub path: Box<str>,
    /// Default version, such as `v3`.
    pub version: Box<str>,
    /// Date of that version.
    pub date: Box<str>,
    /// Which shard has the document.
    pub shard: u8,
    /// Whether consoles list it under "AWS managed - job function" (CON-35).
    pub job_function: bool,
    folded: Box<str>,
}

impl ManagedEntry {
    /// Its ARN.
    pub fn arn(&self) -> String {
        arn(&self.path, &self.name)
    }
}

/// Which policies a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ManagedFilter {
    /// All of them.
    #[default]
    All,
    /// Those for job functions.
    JobFunction,
}

/// The index of all attachable policies, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManagedIndex {
    entries: Vec<ManagedEntry>,
}

impl ManagedIndex {
    /// Reads `managed/index.txt`: name, path, version, date, shard, and `j` for job functions.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        let entries = lines(text).map(|mut fields| {
            let name = fields.expect("a policy name")?;
            Ok(ManagedEntry {
                name: name.into(),
                path: fields.expect("a path")?.into(),
                version: fields.expect("a version")?.into(),
                date: fields.expect("a date")?.into(),
                shard: fields.expect("a shard number")?.parse().map_err(|_| fields.error("a shard number"))?,
                job_function: fields.next() == Some("j"),
                folded: name.to_lowercase().into(),
            })
        });
        Ok(Self { entries: entries.collect::<Result<_, _>>()? })
    }

    /// All entries, by name.
    pub fn entries(&self) -> &[ManagedEntry] {
        &self.entries
    }

    /// The entry with this ARN.
    pub fn find(&self, arn: &str) -> Option<&ManagedEntry> {
        let name = arn.rsplit('/').next()?;
        self.entries.iter().find(|entry| *entry.name == *name && entry.arn() == arn)
    }

    /// Entries whose name has every word of `query`, names that start with it first.
    pub fn search(&self, query: &str, filter: ManagedFilter) -> Vec<&ManagedEntry> {
        let query = query.trim().to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut found: Vec<&ManagedEntry> = self
            .entries
            .iter()
            .filter(|entry| filter == ManagedFilter::All || entry.job_function)
            .filter(|entry| words.iter().all(|word| entry.folded.contains(word)))
            .collect();
        crate::text::order::sort_by_key(&mut found, |entry| !entry.folded.starts_with(&query));
        found
    }
}

/// One policy with its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// Its ARN.
    pub arn: Arc<str>,
    /// Its document, indented for reading.
    pub document: Arc<str>,
}

/// Reads one shard: name, path, version, date and document a line.
pub fn parse_shard(text: &str) -> Result<Vec<ManagedPolicy>, CatalogError> {
    lines(text)
        .map(|mut fields| {
            let name = fields.expect("a policy name")?;
            let path = fields.expect("a path")?;
            fields.expect("a version")?;
            fields.expect("a date")?;
            let compact = fields.expect("a policy document")?;
            let document = indent(compact).ok_or(fields.error("a policy document"))?;
            Ok(ManagedPolicy { arn: arn(path, name).into(), document: document.into() })
        })
        .collect()
}

fn arn(path: &str, name: &str) -> String {
    format!("arn:aws:iam::aws:policy{path}{name}")
}

/// The order in which people read a policy; the data has its keys by the alphabet.
const READING_ORDER: [&str; 12] = [
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

fn indent(compact: &str) -> Option<String> {
    let mut document: Value = serde_json::from_str(compact).ok()?;
    order(&mut document);
    match document.get_mut("Statement") {
        Some(Value::Array(statements)) => statements.iter_mut().for_each(order),
        Some(one) => order(one),
        None => {}
    }
    serde_json::to_string_pretty(&document).ok()
}

fn order(value: &mut Value) {
    if let Value::Object(map) = value {
        let mut pairs: Vec<_> = std::mem::take(map).into_iter().collect();
        crate::text::order::sort_by_key(&mut pairs, |(key, _)| READING_ORDER.iter().position(|known| known == key));
        map.extend(pairs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "AdministratorAccess\t/\tv1\t2015-02-06\t00\tj\nAmazonS3FullAccess\t/\tv2\t2021-09-27\t07\t\nBilling\t/job-function/\tv1\t2024-01-01\t12\tj";

    fn names(query: &str, filter: ManagedFilter) -> Vec<String> {
        let index = ManagedIndex::parse(INDEX).expect("an index");
        index.search(query, filter).iter().map(|entry| entry.name.to_string()).collect()
    }

    #[test]
    fn search_takes_words_in_any_order_and_case() {
        assert_eq!(names("full s3", ManagedFilter::All), ["AmazonS3FullAccess"]);
        assert_eq!(names("", ManagedFilter::JobFunction), ["AdministratorAccess", "Billing"]);
        assert_eq!(names("a", ManagedFilter::All), ["AdministratorAccess", "AmazonS3FullAccess"]);
    }

    #[test]
    fn a_path_is_part_of_the_arn() {
        let index = ManagedIndex::parse(INDEX).expect("an index");
        let billing = index.find("arn:aws:iam::aws:policy/job-function/Billing").expect("Billing");
        assert_eq!(billing.shard, 12);
        assert!(index.find("arn:aws:iam::aws:policy/Billing").is_none());
    }

    #[test]
    fn a_broken_line_is_named() {
        let broken = ManagedIndex::parse("A\t/\tv1\t2015-02-06\t00\nB\t/");
        assert_eq!(broken, Err(CatalogError { line: 2, expected: "a version" }));
    }

    #[test]
    fn documents_are_indented_in_the_order_people_read_them() {
        let compact = r#"{"Statement":{"Action":"*","Effect":"Allow","Resource":"*"},"Version":"2012-10-17"}"#;
        let shard = parse_shard(&format!("P\t/\tv1\t2020-01-01\t{compact}")).expect("a shard");
        let expected = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    \"Effect\": \"Allow\",\n    \"Action\": \"*\",\n    \"Resource\": \"*\"\n  }\n}";
        assert_eq!(&*shard[0].document, expected);
    }
}
