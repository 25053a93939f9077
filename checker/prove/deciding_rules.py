"""Whether each check and exemption decides anything, asked as claims that are generated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from checker.language.diagnostics import Span
from checker.model.claim import Claim, Column, SomeRequest
from checker.model.expressions import And, Formula, Outcome
from checker.model.model import Model
from checker.question.jobs import Job

R = "r"  # name of the request in these claims

Strength: TypeAlias = Literal["alone", "at all"]
"""Alone: no other check refuses the request, or the exemption makes it accepted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A check, or a limb of exceptions, in one column."""

    kind: Literal["check", "exemption"]
    name: str
    clause: str
    column: Column
    span: Span

    def job(self, strength: Strength) -> Job:
        """The question whether some request in some situation is decided by the rule."""
        claim = Claim(
            name=f"{self.kind} {self.name} decides {strength}",
            sentence=f"The {self.kind} {self.name} decides a request {strength}.",
            statement=SomeRequest(R, self.decides(strength), reachable=False),
            span=self.span,
        )
        return Job(claim, self.column, told=False)

    def decides(self, strength: Strength) -> Formula:
        """That the request is decided by the rule."""
        if self.kind == "exemption":
            return self._exempts(strength)
        return Outcome("fails only" if strength == "alone" else "fails", R, self.name)

    def _exempts(self, strength: Strength) -> Formula:
        exempted = Outcome("exempted", R, self.clause)
        return And((exempted, Outcome("accepted", R))) if strength == "alone" else exempted


def rules_in(model: Model, column: Column) -> Iterator[Rule]:
    """Yield every check of a model, and every limb of its exceptions once."""
    for check in model.checks:
        yield Rule("check", check.name, check.clause, column, check.span)
    limbs = {limb.clause: limb for check in model.checks for limb in check.limbs}
    for clause, limb in limbs.items():
        yield Rule("exemption", clause, clause, column, limb.span)
