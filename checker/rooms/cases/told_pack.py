"""A pack as it is told: every expectation is what the reference meaning made of the test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checker.model.evaluate import Rules
from checker.model.mixture import common_model
from checker.report.json_documents import told_column
from checker.results.answer import keeping
from checker.results.parts import verdict_of
from checker.results.told_stories import EventStep, RequestStep, told_situation
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.claims import sentence
from checker.rooms.cases.document import (
    CaseStep,
    CitedClaim,
    ComponentAnswer,
    Dropped,
    Expected,
    Quoted,
    Status,
    ToldCase,
    ToldGoal,
    answered,
    with_codes,
)
from checker.rooms.cases.goals import VISIBLE, Goal, told
from checker.rooms.cases.pack import Entry, Pack
from checker.rooms.cases.played import Played, answering
from checker.rooms.cases.told import Telling, tell
from checker.story.given_names import Names
from checker.story.steps_told import outcome_of, place_of, quote_note, telling_items


def pack_of(
    pack: Pack,
    marks: Mapping[str, tuple[Status, tuple[Expected | None, ...] | None]] | None,
    dropped: tuple[Dropped, ...] | None,
    names: Sequence[str],
    run: tuple[str, float, int],
    *,
    shipped: bool,
) -> CasePack:
    """Return the pack as it is told. `marks`: how each test compares with the previous pack, and what was
    expected there; `names`: of the levels; `run`: the command, seconds, and the exit code.
    """
    component, end_to_end, user = names
    command, seconds, code = run
    answer = CasePack(
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
    test: Entry, marks: Mapping[str, tuple[Status, tuple[Expected | None, ...] | None]] | None
) -> ToldCase:
    telling = tell(test.rules, test.case, test.played)
    status, was = (None, None) if marks is None else marks.get(test.number, ("new", None))
    deciding = test.needed or tuple(goal for goal, _ in test.shows)
    quoted = (*(_quoted(each) for each in deciding if each.item is not None), *_telling(test))
    quoted = tuple(dict.fromkeys(quoted))
    failing = (x.clause for x in test.needed if not x.item)
    clauses = (*(each.clause for each in quoted), *failing, *_refusing(test))
    return ToldCase(
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


def _refusing(test: Entry) -> Iterable[str]:
    decisions = [each.decision for each in test.played if each.decision is not None]
    return (each.check.clause for each in decisions[-1].refusing) if decisions else ()


def _telling(test: Entry) -> Iterable[Quoted]:
    """The words by which the requests of a story are refused or exempted; of other tests, goals say more."""
    model = common_model(test.rules)
    for played in test.played if test.origin != "rules" else ():
        for report in played.decision.checks if played.decision is not None else ():
            outcome = outcome_of(report)
            for item in telling_items(report, outcome) if outcome in ("refuses", "exempted") else ():
                note, meaning = quote_note(item), item.item.meaning
                said = "" if meaning is None else told(model, meaning.formula, holding=bool(note.holds))
                yield Quoted(
                    clause=note.clause or report.check.clause,
                    words=note.words or ((note.inference,) if note.inference else ()),
                    condition=note.meaning,
                    holds=bool(note.holds),
                    told=said or note.meaning,
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
        told=goal.told,
        rule="" if goal.check is None else goal.check.name,
        place=place_of(span),
    )


def _title(test: Entry, telling: Telling) -> str:
    if test.title:
        return test.title
    if test.claims:
        first, *others = test.claims
        more = f" (and {len(others)} more)" if others else ""
        kind = {"strategy": "How it is done", "refutation": "What goes wrong", "mixture": "Half a release"}
        named = f"claim {first.number}, {first.name}" if first.number else first.name
        return f"{kind.get(test.origin, 'Story')}: {named}{more}"
    expected = expected_of(test.rules, telling.names, test.played[-1])
    goals = (*test.needed, *(goal for goal, _ in test.shows))
    if test.origin == "time" and expected is not None:
        return f"A day later: {answered(expected)}"
    if expected is None or not goals:
        return "" if expected is None else answered(expected)
    reason = _reason(goals[0])
    return ": ".join(filter(None, (reason, _answer_to(goals[0], expected))))


def _answer_to(goal: Goal, expected: Expected) -> str:
    """What becomes of the request, at the component that the goal is about if it is about one alone."""
    at = None if goal.at is None else goal.at[0]
    own = next((each for each in expected.components if each.component == at), None)
    if goal.item is None or own is None:
        return answered(expected)
    if own.answer == "passes":
        return f"{own.called} lets it pass"
    return f"{own.called} refuses it{with_codes(own.codes)}"


def _reason(goal: Goal) -> str:
    """What the test is for, in a few words."""
    match goal.kind:
        case "condition" | "limit":
            where = f"{goal.limb.clause} in " if goal.limb else ""
            name = "" if goal.check is None else goal.check.name
            return f"{where}{name}, {goal.told}"
        case "answer" | "code":
            return "" if goal.check is None else goal.check.name
        case "change":
            return goal.condition


def _steps(test: Entry, telling: Telling) -> Iterable[CaseStep]:
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
