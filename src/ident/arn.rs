//! Amazon Resource Names, read without copying (POL-60).

/// Position of the part that follows the fifth colon.
pub(crate) const RESOURCE_PART: usize = 5;

/// The six parts of an ARN; the last keeps its further colons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: &'a str,
    /// Service prefix, such as `s3`.
    pub service: &'a str,
    /// Region, empty for global services.
    pub region: &'a str,
    /// Account, empty where the ARN has none (S3).
    pub account: &'a str,
    /// Everything after the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits an ARN; `None` when a part is missing or it does not start with `arn:`.
    ///
    /// ```
    /// use iam_playground::ident::Arn;
    /// let arn = Arn::parse("arn:aws:s3:::photos/104/cat.jpg").unwrap();
    /// assert_eq!((arn.service, arn.account, arn.resource), ("s3", "", "photos/104/cat.jpg"));
    /// assert!(Arn::parse("photos/104").is_none());
    /// ```
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    /// For a user, role, group or policy ARN: the path and name after the type word, such as `dev/app` of `role/dev/app`.
    pub fn after_type(&self, type_word: &str) -> Option<&'a str> {
        self.resource.strip_prefix(type_word)?.strip_prefix('/')
    }
}
