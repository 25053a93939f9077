"""Follows what requests change, in order of time, and explains rows: by the meaning of the language."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from checker.data import amounts
from checker.data.atoms import functions_in
from checker.data.row_situations import RowSituations
from checker.data.warehouse import Warehouse
from checker.model.clock import TODAY
from checker.model.decision import CheckReport, Decision
from checker.model.evaluate import apply_request, decide, misformed
from checker.model.expressions import Sort
from checker.model.model import Model
from checker.model.situation import Request, Situation
from checker.rooms.replay.locality import read_by_requests
from checker.rooms.replay.logged import ACCEPTED, MALFORMED, Logged, answer_of

FOLLOWED: Final = 100_000  # rows that are followed in order


@dataclass(frozen=True, slots=True)
class Told:
    """The law's answer to one row: `malformed`, `accepted`, or the component and the codes of what fails
    there. `clause`, `reason`: of the first check that fails.
    """

    law: str
    clause: str
    reason: str


class Following:
    """The law of one column, for rows one by one. `zone`: in which the moments of the log are days, if its
    times are moments.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        model: Model,
        deployed: Mapping[tuple[str, str | None], str],
        zone: ZoneInfo | None = None,
    ) -> None:
        self.warehouse, self.model, self.deployed = warehouse, model, deployed
        self.rules = dict.fromkeys(deployed.values(), model)
        self.functions = functions_in(model, *read_by_requests(model))
        self.zone = zone
        self.sorts = {each.name: each.sort for each in model.request if each.sort.has_things}
        self.numbers = {each.name: each.sort for each in model.request if each.sort.is_quantity}

    def situations(self, rows: Sequence[Logged]) -> RowSituations:
        """The situations of the things that the rows name, as the tables have them."""
        found = RowSituations(self.warehouse, self.model, self.deployed, self.functions)
        found.read(dict.fromkeys(thing for each in rows for thing in self.things(each)))
        return found

    def things(self, row: Logged) -> list[tuple[Sort, str]]:
        """The things that a row names, and those on which its answer may turn besides."""
        named = [(self.sorts[name], key) for name, key in row.request.items() if name in self.sorts]
        return [*named, *row.also]

    def request(self, row: Logged, situations: RowSituations) -> Request:
        """The request of a row; things are called as in situations."""
        return Request(
            {
                name: situations.name(self.sorts[name], value) if name in self.sorts else value
                for name, value in row.request.items()
            }
        )

    def on_its_day(self, situation: Situation, row: Logged) -> Situation:
        """The situation on the day of the row."""
        if TODAY not in self.model.functions:
            return situation
        when = datetime.fromisoformat(row.when)
        if self.zone is not None:
            when = when.replace(tzinfo=UTC).astimezone(self.zone)
        return replace(situation, values={**situation.values, (TODAY, ()): str(when.toordinal())})

    def shown(self, row: Logged) -> dict[str, str]:
        """What a row carries, numbers as in its cells."""
        return {
            name: amounts.cell_of(self.numbers[name], value) if name in self.numbers else value
            for name, value in row.request.items()
        }

    def told(self, situation: Situation, request: Request) -> Told:
        """What the law answers."""
        wrong = next(misformed(self.model, situation, request), None)
        if wrong is not None:
            name, carried = wrong
            reason = f"such a request does not carry this `{name}`" if carried else f"it carries no `{name}`"
            return Told(MALFORMED, "", reason)
        decision = decide(self.rules, situation, request)
        if decision.accepted:
            return Told(ACCEPTED, "", "every check on its route passes")
        return _refused(decision)

    def after(self, situation: Situation, request: Request) -> Situation:
        """The situation after a request that was let pass."""
        return apply_request(self.rules, situation, request)


def _refused(decision: Decision) -> Told:
    at = decision.refused_at
    assert at is not None
    codes = "".join(f" {answer_of(each.check)};" for each in decision.refusing)
    first = decision.refusing[0]
    return Told(f"{at[0]}:{codes}", first.check.clause, _why(first))


def _why(report: CheckReport) -> str:
    failing = (each.item for each in report.items if each.item.kind == "requires" and each.holds is False)
    meanings = [each.meaning.text for each in failing if each.meaning is not None]
    return f"it requires {' and '.join(meanings)}" if meanings else f"{report.check.name} fails"


def of_the_same_time(rows: Iterable[Logged], things: Sequence[str]) -> int:
    """How many of the rows have the time of another that names one of the same things. `things`: the
    parameters that are things.
    """
    named = [{(row.when, row.request[each]) for each in things if each in row.request} for row in rows]
    count = Counter(itertools.chain(*named))
    return sum(any(count[each] > 1 for each in mine) for mine in named)
