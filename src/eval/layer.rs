//! What one layer says: whether it denies, whether it allows, and how strongly.

use crate::eval::compile::CompiledStatement;
use crate::eval::index::Nominee;
use crate::eval::principal::GrantClass;
use crate::eval::statement;
use crate::eval::trace::{LayerTrace, LevelTrace, PolicyTrace, StatementRecord};
use crate::eval::{LayerKind, Policy, PolicyList, Request, StatementRef};
use crate::policy::{Effect, Statement};

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
    type Statements;
    type Policies;
    type Levels: Default;
    type Layers: Default;
    fn statements(count: usize) -> Self::Statements;
    fn policies(count: usize) -> Self::Policies;
    fn statement(statements: &mut Self::Statements, make: impl FnOnce() -> StatementRecord);
    fn policy(policies: &mut Self::Policies, policy: &Policy, statements: Self::Statements);
    fn level(levels: &mut Self::Levels, policies: Self::Policies);
    fn layer(layers: &mut Self::Layers, kind: LayerKind, levels: Self::Levels);
}

/// Answers only.
pub(crate) struct Off;

/// Answers and records.
pub(crate) struct On;

impl Recording for Off {
    const ON: bool = false;
    type Statements = ();
    type Policies = ();
    type Levels = ();
    type Layers = ();
    fn statements(_: usize) {}
    fn policies(_: usize) {}
    fn statement(_: &mut (), _: impl FnOnce() -> StatementRecord) {}
    fn policy(_: &mut (), _: &Policy, (): ()) {}
    fn level(_: &mut (), (): ()) {}
    fn layer(_: &mut (), _: LayerKind, (): ()) {}
}

impl Recording for On {
    const ON: bool = true;
    type Statements = Vec<StatementRecord>;
    type Policies = Vec<PolicyTrace>;
    type Levels = Vec<LevelTrace>;
    type Layers = Vec<LayerTrace>;
    fn statements(count: usize) -> Self::Statements {
        Vec::with_capacity(count)
    }
    fn policies(count: usize) -> Self::Policies {
        Vec::with_capacity(count)
    }
    fn statement(statements: &mut Self::Statements, make: impl FnOnce() -> StatementRecord) {
        statements.push(make());
    }
    fn policy(policies: &mut Self::Policies, policy: &Policy, statements: Self::Statements) {
        policies.push(PolicyTrace::new(policy, statements));
    }
    fn level(levels: &mut Self::Levels, policies: Self::Policies) {
        levels.push(LevelTrace { policies });
    }
    fn layer(layers: &mut Self::Layers, kind: LayerKind, levels: Self::Levels) {
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
    pub silent_level: Option<u32>,
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
    levels: impl Iterator<Item = &'a PolicyList>,
    situation: &Situation<'_>,
    layers: &mut R::Layers,
) -> Voice {
    let mut voice = Voice::default();
    let mut recorded = R::Levels::default();
    for (level, list) in (0u32..).zip(levels) {
        voice.present = true;
        let mut said = Said { kind, level, deny: None, allow: None };
        match list.index().filter(|_| !R::ON) {
            Some(index) => said.hear(index.nominees(&situation.request.action), list.as_slice(), situation),
            None => {
                let mut in_level = R::policies(list.as_slice().len());
                for (number, policy) in (0u32..).zip(list.as_slice()) {
                    said.hear_policy::<R>(number, policy, list.as_slice(), situation, &mut in_level);
                }
                R::level(&mut recorded, in_level);
            }
        }
        voice.deny = voice.deny.or(said.deny);
        voice.silent_level = voice.silent_level.or(said.allow.is_none().then_some(level));
        voice.allow = said.allow;
    }
    R::layer(layers, kind, recorded);
    voice
}

/// What the policies of one level have said so far.
struct Said {
    kind: LayerKind,
    level: u32,
    deny: Option<StatementRef>,
    allow: Option<(GrantClass, StatementRef)>,
}

impl Said {
    /// Looks at one policy: at all its statements when recording, else at those that its index nominates.
    fn hear_policy<R: Recording>(
        &mut self,
        number: u32,
        policy: &Policy,
        list: &[Policy],
        situation: &Situation<'_>,
        in_level: &mut R::Policies,
    ) {
        if !R::ON {
            let nominees = policy.compiled.index.nominees(&situation.request.action);
            self.hear(nominees.map(|nominee| Nominee { policy: number, ..nominee }), list, situation);
            return;
        }
        let count = policy.compiled.statements.len();
        let mut statements = R::statements(count);
        for at in 0..count {
            if let Some((compiled, source, place)) = self.statement(policy, number, at) {
                self.weigh::<R>(compiled, source, place, situation, &mut statements);
            }
        }
        R::policy(in_level, policy, statements);
    }

    /// Looks at nominated statements, without recording. A statement is nominated by every entry that may match; the first
    /// that does is enough, because resources and conditions do not depend on it.
    fn hear(&mut self, nominees: impl Iterator<Item = Nominee>, list: &[Policy], situation: &Situation<'_>) {
        let mut looked_at = None;
        for nominee in nominees {
            let place = (nominee.policy, nominee.statement);
            let Some(policy) = list.get(nominee.policy as usize).filter(|_| looked_at != Some(place)) else { continue };
            let found = self.statement(policy, nominee.policy, nominee.statement as usize);
            let Some((compiled, source, at)) = found else { continue };
            if !self.is_settled(compiled.effect, at) && compiled.admits(nominee.entry, &situation.request.action) {
                looked_at = Some(place);
                self.weigh::<Off>(compiled, source, at, situation, &mut ());
            }
        }
    }

    /// A statement of a policy, compiled and as written, with its place.
    fn statement<'a>(
        &self,
        policy: &'a Policy,
        number: u32,
        at: usize,
    ) -> Option<(&'a CompiledStatement, &'a Statement, StatementRef)> {
        let source = policy.compiled.document().statements.get(at)?;
        let place = StatementRef { layer: self.kind, level: self.level, policy: number, statement: source.index };
        Some((policy.compiled.statements.get(at)?, source, place))
    }

    /// Takes in what one statement says.
    fn weigh<R: Recording>(
        &mut self,
        compiled: &CompiledStatement,
        source: &Statement,
        place: StatementRef,
        situation: &Situation<'_>,
        out: &mut R::Statements,
    ) {
        let Some(class) = statement::applies::<R>(compiled, source, situation, out) else { return };
        match compiled.effect {
            Effect::Deny => self.deny = Some(self.deny.map_or(place, |known| known.min(place))),
            Effect::Allow => {
                let better = self.allow.is_none_or(|(known, at)| class > known || (class == known && place < at));
                if better {
                    self.allow = Some((class, place));
                }
            }
        }
    }

    /// Whether a statement could not change what has been said: the strongest and first of its effect is known.
    fn is_settled(&self, effect: Effect, place: StatementRef) -> bool {
        match effect {
            Effect::Deny => self.deny.is_some_and(|known| known <= place),
            Effect::Allow => self.allow.is_some_and(|(class, known)| class == GrantClass::Direct && known <= place),
        }
    }
}
