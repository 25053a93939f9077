"""A test pack: what `cases` makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from checker.model.evaluate import Rules
from checker.model.mixture import common_model
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph
from checker.results.answer import Evidenced, Frame, Watch, frame_of, keeping, nobody
from checker.results.files import write_files
from checker.results.parts import EventStep, RequestStep, ToldSituation, Verdict, told_situation, verdict_of
from checker.rooms.cases.claims import sentence
from checker.rooms.cases.goals import LEVELS, VISIBLE, Goal, Level, Visible
from checker.rooms.cases.pack import Origin, Pack, Test
from checker.rooms.cases.played import Played, answering
from checker.rooms.cases.told import Telling, tell
from checker.story.given_names import Names
from checker.story.steps_told import outcome_of, place_of, quote_note, telling_items

if TYPE_CHECKING:
    from checker.rooms.cases.departures import Run

Status = Literal["new", "kept", "changed"]
Form = Literal["text", "json", "gherkin", "csv", "pytest", "xlsx"]

PATIENCE: Final = 10.0
"""Seconds that a program under test may take for one answer, unless it is given others."""


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
    `holds`: whether it does; `rule`: the check that fails by it, or does not.
    """

    clause: str
    words: tuple[str, ...]
    condition: str
    holds: bool
    rule: str
    place: str


class CitedClaim(Struct, frozen=True, kw_only=True):
    """A claim that a test tells the story of."""

    number: str
    name: str
    sentence: str


class TestCase(Struct, frozen=True, kw_only=True):
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
    """Something that tests are to show. `kind`: a condition that decides, an answer of a component, a code
    that a user gets, or a change of the answer. `fails`: the check fails, or the request; `holds`: the
    condition does. `tests`: those that show it; `visible`: where that can be seen at best. `never`: the
    verdict that no request shows it; `open`: why it is not known whether one does.
    """

    id: str
    kind: Literal["condition", "answer", "code", "change"]
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


class TestPack(Evidenced, frozen=True, kw_only=True, tag_field="schema", tag="redline.cases/1"):
    """The tests for a column or, `against` another, for what differs. `names`: what the levels are called,
    for one component alone, end to end, and as users. `undecided`: claims that have no verdict, and so no
    story; `notes`: what was left out, in sentences. `dropped`: of the previous pack.
    """

    command: str
    seconds: float
    exit: int
    column: ToldColumn
    against: ToldColumn | None
    names: tuple[str, str, str]
    cases: tuple[TestCase, ...]
    goals: tuple[ToldGoal, ...]
    undecided: tuple[CitedClaim, ...]
    notes: tuple[str, ...]
    dropped: tuple[Dropped, ...] | None
    shipped: bool

    def name_of(self, level: Level) -> str:
        """What a level is called."""
        return self.names[LEVELS.index(level)]

    def of_level(self, level: Level) -> tuple[TestCase, ...]:
        """The tests of a level."""
        return tuple(each for each in self.cases if level in each.levels)

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report: how many tests there are, what they cover, and what cannot be covered."""
        from checker.rooms.cases.text import pack_paragraphs

        return pack_paragraphs(self)

    def frame(self) -> Frame:
        """A row for each level of each test and each component that it comes by."""
        from checker.rooms.cases.table import COLUMNS, rows

        return frame_of(rows(self), COLUMNS)

    def files(self) -> dict[str, str | bytes]:
        """The pack as files by name: Gherkin for each level, CSV with a test for pytest, JSON, and XLSX, for
        which SpecError says what to install if it is not there.
        """
        from checker.rooms.cases.files import files_of

        return files_of(self)

    def written(self, form: Form) -> str | bytes:
        """The pack in a format: Gherkin has the features of all levels; XLSX is bytes, and needs openpyxl."""
        from checker.rooms.cases.files import written

        return written(self, form)

    def run(
        self,
        program: str,
        *,
        levels: Sequence[str] = (),
        component: str = "",
        seconds: float = PATIENCE,
        progress: Watch = nobody,
        command: str = "",
    ) -> Run:
        """Give the tests to a program, and say where it departs from the law.

        `program`: a command line, without a shell. `levels`: those of these names, all without any;
        `component`: only tests of it alone. `seconds`: how long it may take for an answer. SpecError if there
        is no such test, or the program cannot be started.
        """
        from checker.rooms.cases.departures import run

        return run(
            self,
            program,
            levels=levels,
            component=component,
            seconds=seconds,
            command=command,
            watch=progress,
        )

    def write(self, folder: str | Path) -> None:
        """Write all files into a folder, or none. SpecError if that is not possible."""
        write_files(Path(folder), self.files())


def pack_of(
    pack: Pack,
    marks: Mapping[str, tuple[Status, tuple[Expected | None, ...] | None]] | None,
    dropped: tuple[Dropped, ...] | None,
    names: Sequence[str],
    run: tuple[str, float, int],
    *,
    shipped: bool,
) -> TestPack:
    """Return the pack as it is told. `marks`: how each test compares with the previous pack, and what was
    expected there; `names`: of the levels; `run`: the command, seconds, and the exit code.
    """
    component, end_to_end, user = names
    command, seconds, code = run
    answer = TestPack(
        command=command,
        seconds=round(seconds, 3),
        exit=code,
        column=told_column(pack.column),
        against=None if pack.against is None else told_column(pack.against),
        names=(component, end_to_end, user),
        cases=tuple(_test(each, marks) for each in pack.tests),
        goals=tuple(_goal(pack, each) for each in pack.goals),
        undecided=tuple(
            CitedClaim(number=x.claim.number, name=x.claim.name, sentence=x.claim.sentence)
            for x in pack.undecided
        ),
        notes=pack.notes,
        dropped=dropped,
        shipped=shipped,
    )
    return keeping(answer, pack=pack)


def _test(
    test: Test, marks: Mapping[str, tuple[Status, tuple[Expected | None, ...] | None]] | None
) -> TestCase:
    telling = tell(test.rules, test.case, test.played)
    status, was = (None, None) if marks is None else marks.get(test.number, ("new", None))
    deciding = test.needed or tuple(goal for goal, _ in test.shows)
    quoted = (*(_quoted(each) for each in deciding if each.kind == "condition"), *_telling(test))
    quoted = tuple(dict.fromkeys(quoted))
    failing = (x.clause for x in test.needed if not x.item)
    clauses = (*(each.clause for each in quoted), *failing, *_refusing(test))
    return TestCase(
        id=test.number,
        title=_title(test, telling),
        levels=test.levels,
        origin=test.origin,
        positive=test.positive,
        clauses=tuple(dict.fromkeys(filter(None, clauses))),
        quoted=quoted,
        claims=tuple(CitedClaim(number=x.number, name=x.name, sentence=x.sentence) for x in test.claims),
        variant=test.variant,
        mixture=test.mixture,
        shows=tuple(goal.number for goal, _ in test.shows),
        needed=tuple(each.number for each in test.needed),
        situation=told_situation(test.case.start),
        given=telling.given,
        turns_on=telling.turns_on,
        steps=tuple(_steps(test, telling)),
        status=status,
        was=was,
    )


def _refusing(test: Test) -> Iterable[str]:
    decisions = [each.decision for each in test.played if each.decision is not None]
    return (each.check.clause for each in decisions[-1].refusing) if decisions else ()


def _telling(test: Test) -> Iterable[Quoted]:
    """The words by which the requests of a story are refused or exempted; of other tests, goals say more."""
    for played in test.played if test.origin != "rules" else ():
        for report in played.decision.checks if played.decision is not None else ():
            outcome = outcome_of(report)
            for item in telling_items(report, outcome) if outcome in ("refuses", "exempted") else ():
                note = quote_note(item)
                yield Quoted(
                    clause=note.clause or report.check.clause,
                    words=note.words or ((note.inference,) if note.inference else ()),
                    condition=note.meaning,
                    holds=bool(note.holds),
                    rule=report.check.name,
                    place=note.place,
                )


def _quoted(goal: Goal) -> Quoted:
    assert goal.item is not None
    span = goal.item.phrases[0].span if goal.item.phrases else goal.item.span
    return Quoted(
        clause=goal.clause,
        words=goal.words or ((goal.item.inference,) if goal.item.inference else ()),
        condition=goal.condition,
        holds=goal.holding,
        rule="" if goal.check is None else goal.check.name,
        place=place_of(span),
    )


def _title(test: Test, telling: Telling) -> str:
    if test.title:
        return test.title
    if test.claims:
        first, *others = test.claims
        more = f" (and {len(others)} more)" if others else ""
        kind = {"strategy": "How it is done", "refutation": "What goes wrong", "mixture": "Half a release"}
        return f"{kind.get(test.origin, 'Story')}: claim {first.number}, {first.name}{more}"
    expected = expected_of(test.rules, telling.names, test.played[-1])
    reason = next((_reason(each) for each in (*test.needed, *(goal for goal, _ in test.shows))), "")
    answer = "" if expected is None else answered(expected)
    return ": ".join(filter(None, (reason, answer)))


def _reason(goal: Goal) -> str:
    """What the test is for, in a few words."""
    match goal.kind:
        case "condition":
            holds = "" if goal.holding else "not "
            where = f"{goal.limb.clause} in " if goal.limb else ""
            name = "" if goal.check is None else goal.check.name
            return f"{where}{name}, {holds}`{goal.condition}`"
        case "answer" | "code":
            return "" if goal.check is None else goal.check.name
        case "change":
            return goal.condition


def answered(expected: Expected) -> str:
    """Return an expectation in a few words: accepted, or refused where, with which codes."""
    if expected.outcome == "accepted":
        return "accepted"
    return f"refused by {expected.called}{with_codes(expected.codes)}"


def with_codes(codes: Sequence[str | None]) -> str:
    """Return the codes of which one is the answer, in words."""
    named = " or ".join(each or "no published code" for each in codes)
    return f" with {named}"


def _steps(test: Test, telling: Telling) -> Iterable[CaseStep]:
    earlier = test.before or (None,) * len(test.played)
    for number, (played, before) in enumerate(zip(test.played, earlier, strict=True)):
        step = played.step
        told: RequestStep | EventStep
        if step.request is not None:
            told = RequestStep(request=dict(step.request.values))
        else:
            told = EventStep(event=step.event or "", arguments=dict(step.arguments))
        yield CaseStep(
            step=told,
            sentence=telling.steps[number],
            expected=expected_of(test.rules, telling.names, played),
            before=None if before is None else expected_of(test.before_rules, telling.names, before),
            changes=telling.changes[number],
        )


def expected_of(rules: Rules, names: Names | None, played: Played) -> Expected | None:
    """Return what the law makes of a step, if it is a request. Without names, components have those of the
    law.
    """
    decision = played.decision
    if decision is None:
        return None
    own = names or Names(common_model(rules), {})
    components = []
    for stage in decision.stages:
        checks = answering(rules, stage)
        components.append(
            ComponentAnswer(
                component=stage.component[0],
                index=stage.component[1],
                called=own.component(stage.component),
                version=stage.version,
                reached=stage.reached,
                answer="refuses" if checks else "passes",
                checks=tuple(each.check.name for each in checks),
                codes=tuple(dict.fromkeys(each.check.code for each in checks)),
            )
        )
    refusing = next((each for each in components if each.answer == "refuses"), None)
    return Expected(
        outcome="accepted" if refusing is None else "refused",
        component=None if refusing is None else refusing.component,
        index=None if refusing is None else refusing.index,
        called="" if refusing is None else refusing.called,
        codes=() if refusing is None else refusing.codes,
        components=tuple(components),
    )


def _goal(pack: Pack, goal: Goal) -> ToldGoal:
    shown = pack.shown.get(goal.key, ())
    never = pack.never.get(goal.key)
    return ToldGoal(
        id=goal.number,
        kind=goal.kind,
        level=goal.level,
        rule="" if goal.check is None else goal.check.name,
        component="" if goal.at is None else goal.at[0],
        index=None if goal.at is None else goal.at[1],
        clause=goal.clause,
        words=goal.words,
        condition=goal.condition,
        fails=goal.fails,
        holds=goal.holding,
        sentence=sentence(goal, "Some request"),
        tests=tuple(test.number for test, _ in shown),
        visible=min((how for _, how in shown), key=VISIBLE.index) if shown else None,
        never=None if never is None else verdict_of(pack.regime, never, examples=False),
        open=pack.open.get(goal.key, ""),
    )
