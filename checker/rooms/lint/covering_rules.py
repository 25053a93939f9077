"""Which other rules may decide whatever a rule decides: those that decide every request of a known story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checker.model.decision import limb_path
from checker.model.evaluate import Decision, decide
from checker.model.model import Model
from checker.prove.deciding_rules import R, Rule
from checker.rooms.lint.claims import LintAnswer

FIRST = 4  # candidates that are asked about at first; then twice as many, and so on


@dataclass(slots=True)
class Candidates:
    """Rules that may cover one rule. Every story in which it decides a request tells some that do not."""

    rule: Rule
    rules: Mapping[str, Model]
    left: list[str]
    asked: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def take(self, answers: Sequence[LintAnswer | None]) -> tuple[str, ...]:
        """Return whom to ask about next. `answers`: all that were found about the rule."""
        for each in answers:
            if each is not None and each.number not in self._seen:
                self._seen.add(each.number)
                self._without(each)
        chosen = tuple(self.left[: FIRST if not self.asked else len(self.asked)])
        self.asked += chosen
        self.left = self.left[len(chosen) :]
        return chosen

    def _without(self, answer: LintAnswer) -> None:
        """Strike those that do not decide the request of a story."""
        evidence = answer.result.evidence
        if evidence.trace is None or R not in evidence.requests or not self.left:
            return
        here, request = evidence.trace.situations[-1], evidence.requests[R]
        decision = decide(self.rules, here, request, failing=self.rule.kind == "check")
        names = set(deciding(decision, self.rule))
        if self.rule.name in names:
            self.left = [each for each in self.left if each in names]


def deciding(decision: Decision, rule: Rule) -> Iterator[str]:
    """Yield the rules of the same kind that decide the request: checks that fail, or clauses that exempt."""
    for each in decision.checks:
        if rule.kind == "check" and each.fails:
            yield each.check.name
        if rule.kind == "exemption" and each.would_fail:
            yield from (clause for limb in each.exempting for clause in limb_path(limb.limb))
