"""What the document of `cases` has in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from checker.report.json_documents import ToldColumn
from checker.results.answer import Evidenced
from checker.results.parts import Verdict
from checker.results.told_stories import EventStep, RequestStep, ToldSituation
from checker.rooms.cases.goals import LEVELS, Level, Visible
from checker.rooms.cases.pack import Origin

Status = Literal["new", "kept", "changed"]


class ComponentAnswer(Struct, frozen=True, kw_only=True):
    """What one component, `called` so, makes of a request, whether or not it is `reached`. `checks`: those
    that may be the ones that answer, `codes`: theirs, `null` for one without a published code.
    """

    component: str
    index: str | None
    called: str
    version: str
    reached: bool
    answer: Literal["passes", "refuses"]
    checks: tuple[str, ...]
    codes: tuple[str | None, ...]


class Expected(Struct, frozen=True, kw_only=True):
    """What the law makes of a request. Of a refused one, the component that refuses, and the `codes` of which
    one is the answer: more than one where the order of checks is not published.
    """

    outcome: Literal["accepted", "refused"]
    component: str | None
    index: str | None
    called: str
    codes: tuple[str | None, ...]
    components: tuple[ComponentAnswer, ...]

    @property
    def said(self) -> object:
        """What a tester sees of it."""
        seen = ((x.component, x.index, x.reached, x.answer, x.codes) for x in self.components)
        return self.outcome, self.component, self.index, self.codes, tuple(seen)


class CaseStep(Struct, frozen=True, kw_only=True):
    """A `step` of a test: in a `sentence`, what is `expected` of it if it is a request, and what it changes.
    `before`: what is expected under the column that this one is compared with; `null` where none is, or
    where it is no request.
    """

    step: RequestStep | EventStep
    sentence: str
    expected: Expected | None
    before: Expected | None
    changes: tuple[str, ...]


class Quoted(Struct, frozen=True, kw_only=True):
    """Words of the law that decide in a test; `condition`: which part of their meaning, in the language;
    `holds`: whether it does; `told`: the same in words; `rule`: the check that fails by it, or does not.
    """

    clause: str
    words: tuple[str, ...]
    condition: str
    holds: bool
    told: str
    rule: str
    place: str


class CitedClaim(Struct, frozen=True, kw_only=True):
    """A claim that a test tells the story of."""

    number: str
    name: str
    sentence: str


class ToldCase(Struct, frozen=True, kw_only=True):
    """A test. `id`: made of what it is about, and the same as long as that is. `levels`: the tests that it
    belongs to; `origin`: what it is for. `shows`: the ids of goals; `needed`: those that no test before
    shows. `given`: what is so before its steps, in sentences, of which it turns on the first `turns_on`.
    `status`: how it compares with the previous pack, if there is one.
    """

    id: str
    title: str
    levels: tuple[Level, ...]
    origin: Origin
    positive: bool
    clauses: tuple[str, ...]
    quoted: tuple[Quoted, ...]
    claims: tuple[CitedClaim, ...]
    variant: str
    mixture: str
    shows: tuple[str, ...]
    needed: tuple[str, ...]
    situation: ToldSituation
    given: tuple[str, ...]
    turns_on: int
    steps: tuple[CaseStep, ...]
    status: Status | None = None
    was: tuple[Expected | None, ...] | None = None


class ToldGoal(Struct, frozen=True, kw_only=True):
    """Something that tests are to show. `kind`: a condition that decides, a number at a limit or next to it
    that decides, an answer of a component, a code that a user gets, or a change of the answer. `fails`: the
    check fails, or the request (nothing is said of a limit); `holds`: the condition does. `tests`: those that
    show it; `visible`: where that can be seen at best. `never`: the verdict that no request shows it; `open`:
    why it is not known whether one does.
    """

    id: str
    kind: Literal["condition", "limit", "answer", "code", "change"]
    level: Level
    rule: str
    component: str
    index: str | None
    clause: str
    words: tuple[str, ...]
    condition: str
    fails: bool
    holds: bool
    sentence: str
    tests: tuple[str, ...]
    visible: Visible | None
    never: Verdict | None
    open: str


class Dropped(Struct, frozen=True, kw_only=True):
    """A test of the previous pack that cannot be run any more, and why."""

    id: str
    title: str
    reason: str


class PackDocument(Evidenced, frozen=True, kw_only=True):
    """The fields of the document, which `CasePack` describes."""

    command: str
    seconds: float
    exit: int
    column: ToldColumn
    against: ToldColumn | None
    names: tuple[str, str, str]
    cases: tuple[ToldCase, ...]
    goals: tuple[ToldGoal, ...]
    undecided: tuple[CitedClaim, ...]
    notes: tuple[str, ...]
    dropped: tuple[Dropped, ...] | None
    shipped: bool

    def name_of(self, level: Level) -> str:
        """What a level is called."""
        return self.names[LEVELS.index(level)]

    def of_level(self, level: Level) -> tuple[ToldCase, ...]:
        """The tests of a level."""
        return tuple(each for each in self.cases if level in each.levels)


def answered(expected: Expected) -> str:
    """Return an expectation in a few words: accepted, or refused where, with which codes."""
    if expected.outcome == "accepted":
        return "accepted"
    return f"refused by {expected.called}{with_codes(expected.codes)}"


def with_codes(codes: Sequence[str | None]) -> str:
    """Return the codes of which one is the answer, in words."""
    named = " or ".join(each or "no published code" for each in codes)
    return f" with {named}"
