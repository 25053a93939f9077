"""Exemptions, checks and codes without effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from checker.model.claim import Column
from checker.model.expressions import And, Formula, Implies, Or, Outcome, OutcomeKind
from checker.model.model import Check, Model
from checker.model.unparse import unparse
from checker.prove.deciding_rules import R, Rule, rules_in
from checker.rooms.lint.claims import Asker, LintQuestion
from checker.rooms.lint.covering_rules import Candidates
from checker.rooms.lint.finding import OCCURS, Finding, Kind
from checker.rooms.lint.words_and_rules import Law


def some(topic: str, sentence: str, formula: Formula) -> LintQuestion:
    """Return the question whether some request in some situation meets the formula; usually one does."""
    statement = f"in some situation, for some request {R}: {unparse(formula)}"
    return LintQuestion(topic, sentence, statement, "proved")


def every(topic: str, sentence: str, formula: Formula) -> LintQuestion:
    """Return the question whether every request in any situation meets the formula; usually one does not."""
    return LintQuestion(
        topic, sentence, f"in any situation, for every request {R}: {unparse(formula)}", "refuted"
    )


@dataclass
class RuleLint:
    """The rules of one version as it stands. `elsewhere`: readings and deployments of it."""

    law: Law
    elsewhere: tuple[Column, ...]
    _idle_rules: list[Candidates] | None = None
    _pairs: dict[str, dict[str, LintQuestion]] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        """What holds in the version."""
        return self.law.model

    @property
    def column(self) -> Column:
        """The version as it stands."""
        return Column(self.law.version)

    def rules(self) -> tuple[Rule, ...]:
        """Return every check, and every limb once."""
        return self._rules

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return tuple(rules_in(self.model, self.column))

    @cached_property
    def _checks(self) -> dict[str, Rule]:
        return {each.name: each for each in self._rules if each.kind == "check"}

    # ------------------------------------------------------------ questions

    def first(self) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield what is asked of every rule and code."""
        for rule in self.rules():
            yield self.at_all(rule), self.column
        for checks in self.answers():
            yield self.answering(checks), self.column

    def second(self, asker: Asker) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield what is asked of rules that do decide, and of answers that this version never gives."""
        for rule in self.rules():
            if not asker.answer(self.at_all(rule), self.column).unusual:
                yield self.alone(rule), self.column
                yield from ((each, self.column) for each in self._all_covered(rule))
        for checks in self.answers():
            if asker.answer(self.answering(checks), self.column).unusual and not self._dead(asker, checks):
                yield from ((self.answering(checks), column) for column in self.elsewhere)

    def third(self, asker: Asker) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield which other rule it may be that a rule without effect of its own repeats: some each time, as
        long as there are any that no story is against.
        """
        for each in self._repeating(asker):
            asked = (self.at_all(each.rule), *(self.pair(each.rule, other) for other in each.asked))
            known = [asker.known(question, self.column) for question in asked]
            yield from ((self.pair(each.rule, other), self.column) for other in each.take(known))

    def _repeating(self, asker: Asker) -> Sequence[Candidates]:
        """Return the rules without effect of their own, each with those that may cover it."""
        if self._idle_rules is None:
            versions = self.law.regime.rules(self.column)
            idle = (rule for rule in self.rules() if self._idle(asker, rule))
            self._idle_rules = [Candidates(each, versions, list(self.others(each))) for each in idle]
        return self._idle_rules

    def at_all(self, rule: Rule) -> LintQuestion:
        """Return whether the rule decides any request."""
        sentence = {
            "exemption": f"Some request is exempted by {rule.name}.",
            "check": f"Some request fails {rule.name}.",
        }[rule.kind]
        return some(f"{rule.kind}-applies", sentence, rule.decides("at all"))

    def alone(self, rule: Rule) -> LintQuestion:
        """Return whether the rule decides any request by itself."""
        sentence = {
            "exemption": f"Some request that {rule.name} exempts is accepted.",
            "check": f"Some request fails {rule.name} and no other check.",
        }[rule.kind]
        return some(f"{rule.kind}-alone", sentence, rule.decides("alone"))

    def covered(self, rule: Rule, others: Sequence[str]) -> LintQuestion:
        """Return whether one of the others decides whatever the rule decides."""
        kind: OutcomeKind = "exempted" if rule.kind == "exemption" else "fails"
        own = Outcome(kind, R, rule.name)
        formula = Implies(own, Or(tuple(Outcome(kind, R, each) for each in others)))
        verb = "is exempted by" if rule.kind == "exemption" else "fails"
        sentence = f"Whatever {verb} {rule.name} {verb} {' or '.join(others)} as well."
        return every(f"{rule.kind}-covered", sentence, formula)

    def pair(self, rule: Rule, other: str) -> LintQuestion:
        """Return whether the other one decides whatever the rule decides."""
        pairs = self._pairs.setdefault(f"{rule.kind} {rule.name}", {})
        if other not in pairs:
            pairs[other] = self.covered(rule, (other,))
        return pairs[other]

    def _all_covered(self, rule: Rule) -> Iterator[LintQuestion]:
        if rule.kind == "exemption" and self.others(rule):
            yield self.covered(rule, self.others(rule))

    def others(self, rule: Rule) -> tuple[str, ...]:
        """Return the other checks, or the limbs that exempt from every check that this one exempts from."""
        if rule.kind == "check":
            return tuple(each.name for each in self.model.checks if each.name != rule.name)
        limbs = [tuple(limb.clause for limb in check.limbs) for check in self.model.checks]
        groups = [each for each in limbs if rule.clause in each]
        common = set(groups[0]).intersection(*groups[1:]) - {rule.clause}
        return tuple(each for each in dict.fromkeys(groups[0]) if each in common)

    def answers(self) -> tuple[tuple[Check, ...], ...]:
        """Return the checks of every code, and every check that has none by itself."""
        found: dict[tuple[str | None, str], tuple[Check, ...]] = {}
        for check in self.model.checks:
            key = (check.code, "" if check.code else check.name)
            found[key] = (*found.get(key, ()), check)
        return tuple(found.values())

    def answering(self, checks: tuple[Check, ...]) -> LintQuestion:
        """Return whether one of the checks is ever the first to refuse a request."""
        formulas = tuple(self._first_to_refuse(check) for check in checks)
        code = checks[0].code
        sentence = (
            f"Some request is answered with {code}." if code else f"{checks[0].name} refuses a request."
        )
        return some("answer", sentence, formulas[0] if len(formulas) == 1 else Or(formulas))

    def _first_to_refuse(self, check: Check) -> Formula:
        """No earlier component refuses, and no check that is known to be asked before has another answer."""
        refused = Outcome("rejected", R, check.name)
        before = tuple(Outcome("passes", R, each.name) for each in self._asked_before(check))
        return And((refused, *before)) if before else refused

    def _asked_before(self, check: Check) -> Iterator[Check]:
        if len(check.components) > 1:
            return
        order = self.model.orders.get(check.components[0])
        names = order.published if order is not None and order.published is not None else ()
        earlier = frozenset(names[: names.index(check.name)] if check.name in names else ())
        yield from (each for each in self.model.checks if each.name in earlier and each.code != check.code)

    def _dead(self, asker: Asker, checks: tuple[Check, ...]) -> bool:
        """Whether nothing fails any of the checks."""
        return all(asker.answer(self.at_all(self._checks[each.name]), self.column).unusual for each in checks)

    def _idle(self, asker: Asker, rule: Rule) -> bool:
        """Whether it decides, but only what others decide as well."""
        if asker.answer(self.at_all(rule), self.column).unusual:
            return False
        asked = self._all_covered(rule) if rule.kind == "exemption" else iter((self.alone(rule),))
        return any(asker.answer(each, self.column).unusual for each in asked)

    # ------------------------------------------------------------- findings

    def findings(self, asker: Asker) -> Iterator[Finding]:
        """Yield what the answers show."""
        for rule in self.rules():
            asked = asker.answer(self.at_all(rule), self.column)
            if asked.unusual:
                yield self._never(rule, asked.number)
            elif self._idle(asker, rule):
                yield self._repeated(asker, rule)
            elif rule.kind == "exemption" and (found := asker.answer(self.alone(rule), self.column)).unusual:
                message = (
                    f"every request that `{rule.name}` exempts is refused all the same, by another check"
                )
                yield self._found("exemption-without-effect", rule, message, (found.number,))
        for checks in self.answers():
            found = asker.answer(self.answering(checks), self.column)
            if found.unusual and not self._dead(asker, checks):
                yield self._unanswered(asker, checks, found.number)

    def _found(
        self, kind: Kind, rule: Rule, message: str, claims: tuple[str, ...], *notes: str, gates: bool = False
    ) -> Finding:
        words, versions = self.law.words_of(rule.name), (self.law.version,)
        return Finding(
            kind, rule.name, message, rule.clause, words, rule.span, versions, notes, claims, gates=gates
        )

    def _never(self, rule: Rule, number: str) -> Finding:
        if rule.kind == "exemption":
            message = f"`{rule.name}` never exempts a request, in any situation"
            return self._found("exemption-never-applies", rule, message, (number,), gates=True)
        check = next(each for each in self.model.checks if each.name == rule.name)
        message = f"no request ever fails `{rule.name}`, in any situation"
        alone = check.code is not None and [x.code for x in self.model.checks].count(check.code) == 1
        notes = (f"so the code `{check.code}` cannot occur",) if alone else ()
        return self._found("check-never-fails", rule, message, (number,), *notes, gates=True)

    def _repeated(self, asker: Asker, rule: Rule) -> Finding:
        pairs = self._pairs.get(f"{rule.kind} {rule.name}", {})
        questions = [(name, pairs[name]) for name in self.others(rule) if name in pairs]
        single = [(name, asker.known(each, self.column)) for name, each in questions]
        by = [(name, found.number) for name, found in single if found is not None and found.unusual]
        if rule.kind == "exemption":
            asked = asker.answer(self.covered(rule, self.others(rule)), self.column)
            kind: Kind = "exemption-covered"
            said = f"whatever `{rule.name}` exempts is exempted by"
        else:
            asked = asker.answer(self.alone(rule), self.column)
            kind = "check-repeated"
            said = f"whatever fails `{rule.name}` fails"
        named = " and ".join(f"`{name}`" for name, _ in by)
        message = f"{said} {named or 'one of the others'} as well"
        return self._found(kind, rule, message, (asked.number, *(number for _, number in by)))

    def _unanswered(self, asker: Asker, checks: tuple[Check, ...], number: str) -> Finding:
        question, check = self.answering(checks), checks[0]
        others = [(column, asker.answer(question, column).result.verdict) for column in self.elsewhere]
        occurs = [str(column) for column, verdict in others if verdict == "proved"]
        gates = all(verdict == "refuted" for _, verdict in others)
        names = " or ".join(f"`{each.name}`" for each in checks)
        notes = (f"whatever fails {names} is refused before", *(f"{OCCURS}{x}" for x in occurs))
        kind: Kind = "code-cannot-occur" if check.code else "check-never-answers"
        subject = check.code or check.name
        message = f"no request is ever answered with `{subject}`"
        if not check.code:
            message = f"`{subject}` is never the check that refuses a request"
        words, versions = self.law.words_of(check.name), (self.law.version,)
        return Finding(
            kind, subject, message, check.clause, words, check.span, versions, notes, (number,), gates=gates
        )
