"""Which verdicts are known, of the law as saved and as edited, and what has turned."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from checker.html.verdicts import MARKS
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.question.jobs import Job
from checker.regime.regime import Regime

Key: TypeAlias = tuple[str, str, str | None]
"""A claim by its name, a column as text, and whose doing a refutation had to be."""

CellState: TypeAlias = Literal["known", "waiting", "left"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A claim in a column. `word` and `mark`: the verdict, empty if it is not known; `before`: of the saved
    law, empty if that is not known; `surprise`: what is not as its author expects.
    """

    column: str
    by: str | None
    state: CellState
    word: str
    mark: str
    before: str
    surprise: str
    chosen: bool

    @property
    def turned(self) -> bool:
        """Whether the edit turns it."""
        return bool(self.word and self.before) and self.word != self.before


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with its cells, by column; `left`: nobody wants it decided for now."""

    number: str
    name: str
    sentence: str
    place: str
    cells: tuple[tuple[Cell, ...], ...]
    left: bool

    @property
    def turned(self) -> bool:
        return any(each.turned for cells in self.cells for each in cells)

    @property
    def surprising(self) -> bool:
        return any(each.surprise for cells in self.cells for each in cells)

    @property
    def waiting(self) -> bool:
        return any(each.state == "waiting" for cells in self.cells for each in cells)


@dataclass(slots=True)
class Standings:
    """`jobs`: what is asked of the edited law; `now` and `before`: what is known of it and of the saved law.
    `like`: of a new version, the one that it is compared with. `left`: claims that wait until somebody asks.
    """

    jobs: tuple[Job, ...] = ()
    now: dict[Key, str] = field(default_factory=dict)
    before: dict[Key, str] = field(default_factory=dict)
    like: dict[str, str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    chosen: Key | None = None

    def begin(self, jobs: Sequence[Job], like: dict[str, str], *, anew: bool) -> None:
        """Ask these. `anew`: of another text, so that nothing is known any more."""
        self.jobs, self.like = tuple(jobs), like
        if anew:
            self.now.clear()

    def key_before(self, key: Key) -> Key:
        """What the saved law calls it."""
        return key[0], self.like.get(key[1], key[1]), key[2]

    @property
    def wanted(self) -> tuple[Job, ...]:
        """What is to be decided, and is not known."""
        return tuple(
            each for each in self.jobs if each.claim.name not in self.left and key_of(each) not in self.now
        )

    @property
    def unknown_before(self) -> tuple[Job, ...]:
        """What is not known of the saved law, and would tell whether something turned."""
        found: dict[Key, Job] = {}
        for job in self.jobs:
            key = self.key_before(key_of(job))
            if key not in self.before and job.claim.name not in self.left:
                column = Column(key[1]) if key[1] != str(job.column) else job.column
                found[key] = replace(job, column=column, like=None)
        return tuple(found.values())

    def jobs_before(self, saved: Regime) -> tuple[Job, ...]:
        """The same as they are asked of the saved law, where it has them: of claims of which the edited one
        has a verdict.
        """
        claims = {each.name: each for each in saved.claims}
        known = {claim for claim, _, _ in self.now}
        return tuple(
            replace(each, claim=claims[each.claim.name])
            for each in self.unknown_before
            if each.claim.name in known & claims.keys() and _is_there(saved, each.column)
        )

    def in_turn(self, jobs: Iterable[Job], reached: Container[str]) -> list[str]:
        """The claims of jobs: the chosen one, those that the edit has reached, the others; by number."""
        first = self.chosen[0] if self.chosen else ""
        numbers = {each.claim.name: natural(each.claim.number) for each in jobs}
        return sorted(numbers, key=lambda name: (name != first, name not in reached, numbers[name]))

    @property
    def turned(self) -> int:
        """How many verdicts the edit turns."""
        return sum(self.before.get(self.key_before(key), word) != word for key, word in self.now.items())

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which something is asked; last those that the edit makes."""
        found = dict.fromkeys(str(each.column) for each in self.jobs)
        return tuple(sorted(found, key=lambda each: each in self.like))

    def rows(self) -> tuple[Row, ...]:
        """The claims: what turned, then what is not as expected, then the rest; by number."""
        groups: dict[str, list[Job]] = {}
        for each in self.jobs:
            groups.setdefault(each.claim.name, []).append(each)
        rows = [self._row(found) for found in groups.values()]
        return tuple(sorted(rows, key=lambda row: (not row.turned, not row.surprising, natural(row.number))))

    def _row(self, jobs: Sequence[Job]) -> Row:
        claim = jobs[0].claim
        cells = tuple(
            tuple(self._cell(each) for each in jobs if str(each.column) == column) for column in self.columns
        )
        left = claim.name in self.left
        place = f"{claim.span.file}:{claim.span.line}"
        return Row(claim.number, claim.name, claim.sentence, place, cells, left)

    def _cell(self, job: Job) -> Cell:
        key = key_of(job)
        word = self.now.get(key, "")
        state: CellState = "known" if word else ("left" if job.claim.name in self.left else "waiting")
        before = self.before.get(self.key_before(key), "")
        mark = MARKS[word] if word else ""
        return Cell(key[1], job.by, state, word, mark, before, _surprise(job, word), key == self.chosen)


def natural(number: str) -> tuple[int, str]:
    """What numbers of claims are sorted by: 2 before 10, and 10 before 10b."""
    digits = re.match(r"\d*", number)
    assert digits is not None
    return int(digits.group() or 0), number[digits.end() :]


def key_of(job: Job) -> Key:
    """What a verdict is known by."""
    return job.claim.name, str(job.column), job.by


def _is_there(regime: Regime, column: Column) -> bool:
    """Whether a law has a column."""
    try:
        regime.parse_column(str(column))
    except SpecError:
        return False
    return True


def _surprise(job: Job, word: str) -> str:
    if not word or (job.expected is None and word not in ("unknown", "bounded")):
        return ""
    if word == "vacuous":
        return "what it speaks of never occurs"
    if word in ("unknown", "bounded"):
        return "no answer"
    by = f" by {job.by}" if job.by else ""
    return "" if word == job.expected else f"{job.expected}{by} was expected"
