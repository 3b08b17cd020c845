//! What one layer says: whether it denies, whether it allows, and how strongly.

use crate::eval::principal::GrantClass;
use crate::eval::statement;
use crate::eval::trace::{LayerTrace, LevelTrace, PolicyTrace, StatementTrace};
use crate::eval::{LayerKind, Policy, Request, StatementRef};
use crate::policy::Effect;

/// What every statement sees.
pub(crate) struct Situation<'a> {
    pub request: &'a Request,
    /// Whether the caller has a permissions boundary (EVAL-128).
    pub has_boundary: bool,
}

/// Whether a run keeps a record. Two types, so that the fast run is compiled without the record.
pub(crate) trait Recording {
    /// Whether this run records.
    const ON: bool;
    type Statements: Default;
    type Layers: Default;
    fn statement(statements: &mut Self::Statements, make: impl FnOnce() -> StatementTrace);
    fn policy(level: &mut Vec<PolicyTrace>, policy: &Policy, statements: Self::Statements);
    fn layer(layers: &mut Self::Layers, kind: LayerKind, levels: Vec<LevelTrace>);
}

/// Answers only.
pub(crate) struct Off;

/// Answers and records.
pub(crate) struct On;

impl Recording for Off {
    const ON: bool = false;
    type Statements = ();
    type Layers = ();
    fn statement(_: &mut (), _: impl FnOnce() -> StatementTrace) {}
    fn policy(_: &mut Vec<PolicyTrace>, _: &Policy, (): ()) {}
    fn layer(_: &mut (), _: LayerKind, _: Vec<LevelTrace>) {}
}

impl Recording for On {
    const ON: bool = true;
    type Statements = Vec<StatementTrace>;
    type Layers = Vec<LayerTrace>;
    fn statement(statements: &mut Self::Statements, make: impl FnOnce() -> StatementTrace) {
        statements.push(make());
    }
    fn policy(level: &mut Vec<PolicyTrace>, policy: &Policy, statements: Self::Statements) {
        level.push(PolicyTrace { source: policy.source.clone(), statements });
    }
    fn layer(layers: &mut Self::Layers, kind: LayerKind, levels: Vec<LevelTrace>) {
        layers.push(LayerTrace { kind, levels });
    }
}

/// What a layer says about a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Voice {
    /// Whether there is any policy.
    pub present: bool,
    /// The first Deny that applies.
    pub deny: Option<StatementRef>,
    /// The strongest, then first, Allow of the last level.
    pub allow: Option<(GrantClass, StatementRef)>,
    /// The first level without an Allow.
    pub silent_level: Option<u16>,
}

impl Voice {
    /// Whether every level allows.
    pub fn allows(&self) -> bool {
        self.present && self.silent_level.is_none()
    }
}

/// Asks a layer, given its policies level by level.
pub(crate) fn ask<'a, R: Recording>(
    kind: LayerKind,
    levels: impl Iterator<Item = &'a [Policy]>,
    situation: &Situation<'_>,
    layers: &mut R::Layers,
) -> Voice {
    let mut voice = Voice::default();
    let mut recorded = Vec::new();
    for (level, policies) in (0u16..).zip(levels) {
        voice.present = true;
        let mut allow: Option<(GrantClass, StatementRef)> = None;
        let mut in_level = Vec::new();
        for (number, policy) in (0u16..).zip(policies) {
            let at = |statement| StatementRef { layer: kind, level, policy: number, statement };
            let mut statements = R::Statements::default();
            each_match::<R>(policy, situation, &mut statements, |effect, class, statement| match effect {
                Effect::Deny => voice.deny = Some(voice.deny.map_or(at(statement), |known| known.min(at(statement)))),
                Effect::Allow => {
                    let better =
                        allow.is_none_or(|(known, place)| class > known || (class == known && at(statement) < place));
                    if better {
                        allow = Some((class, at(statement)));
                    }
                }
            });
            R::policy(&mut in_level, policy, statements);
        }
        if R::ON {
            recorded.push(LevelTrace { policies: in_level });
        }
        if allow.is_none() {
            voice.silent_level = voice.silent_level.or(Some(level));
        }
        voice.allow = allow;
    }
    if voice.present {
        R::layer(layers, kind, recorded);
    }
    voice
}

/// Calls `found` for every statement of `policy` that applies.
fn each_match<R: Recording>(
    policy: &Policy,
    situation: &Situation<'_>,
    out: &mut R::Statements,
    mut found: impl FnMut(Effect, GrantClass, u32),
) {
    let compiled = &*policy.compiled;
    let sources = &compiled.document().statements;
    let mut look = |at: usize, entry| {
        let (Some(statement), Some(source)) = (compiled.statements.get(at), sources.get(at)) else { return };
        if let Some(class) = statement::applies::<R>(statement, source, entry, situation, out) {
            found(statement.effect, class, source.index);
        }
    };
    if R::ON {
        (0..sources.len()).for_each(|at| look(at, None));
    } else {
        compiled
            .index
            .nominees(&situation.request.action)
            .for_each(|nominee| look(nominee.statement as usize, nominee.entry));
    }
}
