"""The report of `cases`: how many tests there are, what they cover, and what cannot be covered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from checker.report.paper import Paragraph, Words, joined, paragraph, row
from checker.rooms.cases.document import PackDocument, ToldCase, ToldGoal, answered
from checker.rooms.cases.goals import LEVELS

FEW: Final = 6
"""Goals that nothing shows, tests that changed, and the like, of which the report names each."""
_MARKS: Final = ("new", "kept", "changed")


def pack_paragraphs(pack: PackDocument) -> tuple[Paragraph, ...]:
    """Return the report in a page."""
    return joined(
        (
            tuple(_heading(pack)),
            tuple(_coverage(pack)),
            tuple(_never(pack)),
            tuple(_open(pack)),
            tuple(_compared(pack)),
            tuple(_previous(pack)),
            tuple(_ending(pack)),
        )
    )


def _heading(pack: PackDocument) -> Iterator[Paragraph]:
    of = f"what {pack.column} changes in {pack.against}" if pack.against else str(pack.column)
    yield paragraph(Words(f"A test pack for {of}: {counted(len(pack.cases), 'test')}", "heading"))
    kinds = {"component": "one component alone", "end-to-end": "end to end", "user": "as users"}
    for level in LEVELS:
        tests = pack.of_level(level)
        name = pack.name_of(level)
        said = "" if name == level else f"{name}, "
        steps = sum(len(each.steps) > 1 for each in tests)
        several = f", {steps} of several steps" if steps else ""
        yield paragraph(
            f"{said}{kinds[level]}: {sum(each.positive for each in tests)} positive, "
            f"{sum(not each.positive for each in tests)} negative{several}",
            bullet=f"{len(tests):>5}  ",
        )
    origins = [
        (kind, sum(each.origin == kind for each in pack.cases))
        for kind in ("time", "strategy", "refutation", "mixture")
    ]
    told = {
        "time": "in which a day passes",
        "strategy": "of what claims say can be done",
        "refutation": "of claims that are refuted",
        "mixture": "of versions deployed side by side that do harm",
    }
    stories = ", ".join(f"{count} {told[kind]}" for kind, count in origins if count)
    if sum(len(pack.of_level(level)) for level in LEVELS) > len(pack.cases):
        yield paragraph("A test may be at several levels.", indent=7)
    if stories:
        yield paragraph(f"Among them are stories: {stories}.", indent=7)
    yield from (paragraph(each, indent=7) for each in pack.notes)


# -------------------------------------------------------------------- coverage


def _coverage(pack: PackDocument) -> Iterator[Paragraph]:
    yield from _of_rules(
        pack, "condition", f"{'Conditions, deciding both ways (MC/DC)':<44}shown of  never  open"
    )
    yield from _of_rules(pack, "limit", "Limits, one unit above and below, and nothing")
    places: dict[str, list[ToldGoal]] = {}
    for goal in pack.goals:
        if goal.kind == "answer":
            place = goal.component + (f"[{goal.index}]" if goal.index else "")
            places.setdefault(place, []).append(goal)
    if places:
        yield row(Words("  Answers of components", "strong"))
        for place, goals in places.items():
            yield _counted_row(place, goals)
    for kind, said in (("code", "Codes, and being accepted"), ("change", "Changes of the answer")):
        goals = [each for each in pack.goals if each.kind == kind]
        if goals:
            yield _counted_row(said, goals)


def _of_rules(pack: PackDocument, kind: str, heading: str) -> Iterator[Paragraph]:
    rules: dict[tuple[str, str], list[ToldGoal]] = {}
    for goal in pack.goals:
        if goal.kind == kind:
            rules.setdefault((goal.rule, goal.component), []).append(goal)
    if rules:
        yield row(Words(f"  {heading}", "strong"))
    for (rule, component), goals in rules.items():
        yield _counted_row(f"{rule} at {component}", goals)


def _counted_row(name: str, goals: Sequence[ToldGoal]) -> Paragraph:
    shown = sum(bool(each.tests) for each in goals)
    never = sum(each.never is not None for each in goals)
    left = len(goals) - shown - never
    told = f"  {name[:42]:<44}{shown:>5} {len(goals):>2}  {never or '':>5}  {left or '':>4}"
    return row(Words(told, "warning" if left else ""))


def _never(pack: PackDocument) -> Iterator[Paragraph]:
    goals = [each for each in pack.goals if each.never is not None]
    if goals:
        yield paragraph(Words("Proved: no request can show it", "strong"))
    yield from _some(goals, lambda each: str(each.never and each.never.claim.sentence))


def _open(pack: PackDocument) -> Iterator[Paragraph]:
    goals = [each for each in pack.goals if each.never is None and not each.tests]
    if goals:
        yield paragraph(Words("Not decided", "warning"))
    yield from _some(goals, lambda each: f"{each.sentence} {each.open}")
    if pack.undecided:
        named = ", ".join(f"{each.number} {each.name}" for each in pack.undecided)
        yield paragraph(Words("Claims without a verdict have no story: ", "warning"), f"{named}.")


def _some(goals: Sequence[ToldGoal], said: Callable[[ToldGoal], str]) -> Iterator[Paragraph]:
    shown = goals if len(goals) <= FEW + 1 else goals[:FEW]
    yield from (paragraph(said(each), indent=2, bullet="- ") for each in shown)
    if len(goals) > len(shown):
        yield paragraph(f"and {len(goals) - len(shown)} more: `--format json`", indent=2, bullet="- ")


# -------------------------------------------------------------------- compared


def _compared(pack: PackDocument) -> Iterator[Paragraph]:
    if pack.against is None:
        return
    turned = [each for each in pack.cases if _turns(each)]
    yield paragraph(
        Words(f"{counted(len(turned), 'test')} of {len(pack.cases)} must come out otherwise", "strong"),
        f" in {pack.column} than in {pack.against}",
    )
    for each in turned[:FEW]:
        last = next(step for step in reversed(each.steps) if step.expected is not None)
        before = "no request" if last.before is None else answered(last.before)
        now = "" if last.expected is None else answered(last.expected)
        yield paragraph(f"{each.id}: {before}, now {now}", indent=2, bullet="- ")
    if len(turned) > FEW:
        yield paragraph(f"and {len(turned) - FEW} more", indent=2, bullet="- ")


def _turns(test: ToldCase) -> bool:
    """Whether a step has another answer than before."""
    return any(
        step.expected is not None
        and step.before is not None
        and (step.expected.outcome, step.expected.codes) != (step.before.outcome, step.before.codes)
        for step in test.steps
    )


def _previous(pack: PackDocument) -> Iterator[Paragraph]:
    if pack.dropped is None:
        return
    counts = [f"{sum(each.status == mark for each in pack.cases)} {mark}" for mark in _MARKS]
    yield paragraph(
        Words("Of the previous pack", "strong"), f": {', '.join(counts)}, {len(pack.dropped)} dropped"
    )
    changed = [each for each in pack.cases if each.status == "changed"]
    for each in changed[:FEW]:
        was, now = _last(each)
        yield paragraph(f"changed {each.id}: {was} before, now {now}", indent=2, bullet="- ")
    if len(changed) > FEW:
        yield paragraph(f"and {len(changed) - FEW} more that changed", indent=2, bullet="- ")
    for gone in pack.dropped[:FEW]:
        yield paragraph(f"dropped {gone.id}: {gone.reason}", indent=2, bullet="- ")
    if len(pack.dropped) > FEW:
        yield paragraph(f"and {len(pack.dropped) - FEW} more that are dropped", indent=2, bullet="- ")


def _last(test: ToldCase) -> tuple[str, str]:
    """What was, and what is expected of the last step that changed."""
    for step, was in zip(reversed(test.steps), reversed(test.was or ()), strict=False):
        if step.expected is not None and was is not None and step.expected.said != was.said:
            return answered(was), answered(step.expected)
    return "other steps", "these"


def _ending(pack: PackDocument) -> Iterator[Paragraph]:
    yield paragraph(
        "Write them with `--output DIRECTORY` (Gherkin, CSV with pytest, JSON, XLSX), and give them to a "
        "program with `--run COMMAND`."
    )
    yield paragraph(f"{pack.seconds:.1f} s")
    yield row(f"Repeat with: {pack.command}")


def counted(number: int, what: str) -> str:
    """Return a number of things, with their plural."""
    return f"{number} {what}{'' if number == 1 else 's'}"
