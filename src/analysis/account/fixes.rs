//! Changes that findings offer.

use std::sync::Arc;

use super::survey::Survey;
use crate::model::{Command, Holder, InlinePolicy, MfaKind, SignsIn, limits};
use crate::policy::{PolicyDocument, PrincipalElement, PrincipalEntry, Statement, print_document};
use crate::text::{Span, Spanned};

/// A second factor for somebody, under a name that is free.
pub(super) fn mfa(survey: &Survey<'_>, of: SignsIn, kind: MfaKind) -> Command {
    let account = survey.account;
    let devices = account.users.iter().flat_map(|user| &user.mfa_devices).chain(&account.root.mfa_devices);
    let taken: Vec<&str> = devices.map(|device| &*device.name).collect();
    let whose = match &of {
        SignsIn::Root => "root".to_owned(),
        SignsIn::User(name) => name.to_string(),
    };
    let name = free(&format!("{whose}-mfa"), |name| taken.iter().any(|known| known.eq_ignore_ascii_case(name)));
    Command::EnableMfaDevice { of, name, kind }
}

/// `wanted`, or the first of `wanted-2`, `wanted-3`, … that nothing has.
pub(super) fn free(wanted: &str, taken: impl Fn(&str) -> bool) -> Arc<str> {
    let numbered = (2..=u32::MAX).map(|number| format!("{wanted}-{number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_default().into()
}

/// Moves policies from a user into a group of its own, or into one that has exactly what is to be moved; what the user may
/// do stays as it is. Nothing where the user cannot join another group.
pub(super) fn into_group(
    survey: &Survey<'_>,
    user: &Arc<str>,
    attached: &[Arc<str>],
    inline: &[InlinePolicy],
) -> Vec<Command> {
    let account = survey.account;
    let Some(known) = account.users.get(user).filter(|known| known.groups.len() < limits::GROUPS_PER_USER) else {
        return Vec::new();
    };
    let same = account.groups.iter().find(|group| {
        group.permissions.attached == attached
            && group.permissions.inline == inline
            && !known.groups.contains(&group.name)
    });
    let mut fix = Vec::new();
    let group = match same {
        Some(group) => group.name.clone(),
        None => {
            let name = free(&format!("{user}-group"), |name| account.groups.contains(name));
            fix.push(Command::CreateGroup { name: name.clone(), path: "/".into() });
            let holder = Holder::Group(name.clone());
            let attach = |arn: &Arc<str>| Command::AttachPolicy { holder: holder.clone(), arn: arn.clone() };
            fix.extend(attached.iter().map(attach));
            let put =
                |policy: &InlinePolicy| Command::PutInlinePolicy { holder: holder.clone(), policy: policy.clone() };
            fix.extend(inline.iter().map(put));
            name
        }
    };
    fix.push(Command::AddUserToGroup { user: user.clone(), group });
    let holder = Holder::User(user.clone());
    fix.extend(attached.iter().map(|arn| Command::DetachPolicy { holder: holder.clone(), arn: arn.clone() }));
    let delete =
        |policy: &InlinePolicy| Command::DeleteInlinePolicy { holder: holder.clone(), name: policy.name.clone() };
    fix.extend(inline.iter().map(delete));
    fix
}

/// The text of a document after a change of its statements; `None` when none is left.
pub(super) fn rewritten(
    document: &PolicyDocument,
    change: impl FnMut(Statement) -> Option<Statement>,
) -> Option<Arc<str>> {
    let statements: Vec<Statement> = document.statements.iter().cloned().filter_map(change).collect();
    let document = PolicyDocument { version: document.version, statements };
    (!document.statements.is_empty()).then(|| print_document(&document).into())
}

/// A statement that admits `arn` in place of everyone.
pub(super) fn only(mut statement: Statement, arn: &str) -> Statement {
    let Some(element) = &mut statement.principal else { return statement };
    let entries = element.entries.drain(..).map(|entry| match entry.value {
        PrincipalEntry::Everyone => Spanned::new(PrincipalEntry::Aws(arn.to_owned()), entry.span),
        _ => entry,
    });
    let entries = entries.collect();
    *element = PrincipalElement { entries, ..element.clone() };
    statement
}

/// A condition that is not in any text yet.
pub(super) fn condition(operator: &str, key: &str, value: &str) -> crate::policy::Condition {
    let nowhere = Span::new(0, 0);
    crate::policy::Condition {
        operator: crate::policy::Operator::parse(operator),
        operator_text: Spanned::new(operator.into(), nowhere),
        key: Spanned::new(key.into(), nowhere),
        values: vec![Spanned::new(value.to_owned(), nowhere)],
        span: nowhere,
    }
}
