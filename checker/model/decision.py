"""The decision on one request: data, and the questions that claims ask about it.

Made by `checker.model.meaning.decide`. Source of every definition: spec/reference.md, "Rules" and the
table of forms that occur "only in claims".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker.model.item import Item
from checker.model.model import Check, Limb, Model
from checker.model.situation import Instance, Request


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item of a check or limb; `holds` is the truth of its meaning, None if it has none."""

    item: Item
    holds: bool | None


@dataclass(frozen=True, slots=True)
class LimbReport:
    """One limb of the exceptions that a check is subject to.

    `things`: values of the limb's binders that make it hold or, if none do, those with which most leading
    conditions hold (None if the situation has nothing of the binder's sort). `items`: the reports for these
    things.
    """

    limb: Limb
    holds: bool
    things: Mapping[str, str | None]
    items: tuple[ItemReport, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One check at one component: `applies` before any exemption, `met` when every requirement holds."""

    check: Check
    component: Instance
    version: str
    items: tuple[ItemReport, ...]
    limbs: tuple[LimbReport, ...]
    applies: bool
    met: bool

    @property
    def exempting(self) -> tuple[LimbReport, ...]:
        """The limbs that hold, whether or not they make a difference."""
        return tuple(each for each in self.limbs if each.holds)

    @property
    def would_fail(self) -> bool:
        """It fails, or would fail without an exemption."""
        return self.applies and not self.met

    @property
    def fails(self) -> bool:
        return self.would_fail and not self.exempting


@dataclass(frozen=True, slots=True)
class StageReport:
    """One stop on the route. `reached` is false when an earlier component refuses the request. `behind`: the
    request has already been let pass here, and its checks are not repeated.
    """

    component: Instance
    version: str
    checks: tuple[CheckReport, ...]
    reached: bool
    behind: bool = False

    @property
    def refusing(self) -> tuple[CheckReport, ...]:
        """The checks that fail here, in written order."""
        return tuple(each for each in self.checks if each.fails)


@dataclass(frozen=True, slots=True)
class Decision:
    """Every stop on the route of `request`, including those that are not reached."""

    request: Request
    stages: tuple[StageReport, ...]

    @property
    def refused_at(self) -> Instance | None:
        """The first component with a failing check, or None."""
        return next((each.component for each in self.stages if each.refusing), None)

    @property
    def refusing(self) -> tuple[CheckReport, ...]:
        """The failing checks at the component that refuses the request."""
        return next((each.refusing for each in self.stages if each.refusing), ())

    @property
    def accepted(self) -> bool:
        """Every check on the route passes."""
        return self.refused_at is None

    @property
    def checks(self) -> tuple[CheckReport, ...]:
        """The reports of all stops, in route order."""
        return tuple(report for stage in self.stages for report in stage.checks)


def rejected_by(decision: Decision, name: str) -> bool:
    """Whether the check or component `name` refuses: all earlier components pass, and it fails."""
    at = decision.refused_at
    return at is not None and (at[0] == name or any(each.check.name == name for each in decision.refusing))


def fails(decision: Decision, name: str) -> bool:
    """Whether the check, or a check at the component `name`, fails, whatever earlier components say.

    False when it is not on the route.
    """
    return any(
        report.fails and name in (report.check.name, report.component[0]) for report in decision.checks
    )


def fails_only(decision: Decision, name: str) -> bool:
    """Whether the check, or a check at the component `name`, fails, and no other check does."""
    failing = {name in (each.check.name, each.component[0]) for each in decision.checks if each.fails}
    return failing == {True}


def exempted(decision: Decision, clause: str) -> bool:
    """Whether the limb `clause` (or a limb below it) holds and its check would otherwise fail."""
    return any(
        report.would_fail and clause in limb_path(each.limb)
        for report in decision.checks
        for each in report.exempting
    )


def answer_of(check: Check) -> tuple[str, str]:
    """Return what distinguishes the answer of a check from others: its code or, if it has none, its name,
    each with its kind, since a name may look like a code.
    """
    return ("check", check.name) if check.code is None else ("code", check.code)


def is_called(model: Model, name: str) -> bool:
    """Whether a check, or a clause of exceptions from one, has the name or clause."""
    return any(
        name in (each.name, each.clause) or any(name in limb_path(limb) for limb in each.limbs)
        for each in model.checks
    )


def limb_path(limb: Limb) -> tuple[str, ...]:
    """Return the clauses from `limb` up to the chapeau of the exceptions that it is one of."""
    return (limb.clause, *limb.above)
