"""Refuses laws in which one step may write different values to one cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from checker.model.clashing_writes import Clash, clashes
from checker.model.model import Model, Update
from checker.model.reads import meaning, reads
from checker.model.unparse import unparse
from checker.regime.names import Report

_EXPECTED: Final = ("conditions that exclude each other, in `when` or `where`",)


class Judge(Protocol):
    """Whether it is shown that two writings never write different values to one cell, in any situation within
    the axioms, by any well-formed request or possible event. False if there is no answer in time.
    """

    def __call__(self, model: Model, clash: Clash) -> bool: ...


@dataclass(slots=True)
class Clashes:
    """Finds updates that may clash. `judge` decides pairs that reading the rules cannot; its answers are
    kept in `asked`. Without a judge, all such pairs are reported.
    """

    judge: Judge | None
    asked: list[tuple[object, bool]] = field(default_factory=list)

    def report(self, model: Model, report: Report) -> None:
        """Reports every update that may give a cell a different value than an earlier update does."""
        for clash in clashes(model, lambda clash: self._shown_apart(model, clash)):
            self._say(clash, report)

    def _shown_apart(self, model: Model, clash: Clash) -> bool:
        if self.judge is None:
            return False
        read = reads(model, clash.first.when, clash.first.update, clash.second.when, clash.second.update)
        world = reads(model, model.axioms, model.request)
        key = (clash, meaning(model, read), meaning(model, world), model.axioms, model.request)
        known = next((found for asked, found in self.asked if asked == key), None)
        if known is None:
            known = self.judge(model, clash)
            self.asked.append((key, known))
        return known

    def _say(self, clash: Clash, report: Report) -> None:
        first, second = clash.first, clash.second
        place = first.update.span
        step = "one request" if clash.event is None else "one event"
        message = f"{step} may give `{_cell(second.update)}` two values: this one, and that of `{first.rule}`"
        where = f"the other one is at line {place.line} of {place.file}"
        report.say("two-values", message, second.update.span, expected=_EXPECTED, notes=(where,))


def _cell(update: Update) -> str:
    arguments = ", ".join(map(unparse, update.arguments))
    return f"{update.function}({arguments})" if arguments else update.function
