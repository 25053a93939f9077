"""What `diff` found, for CI: each case of requests decided differently, and each claim that turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from checker.exits import NOT_AS_EXPECTED
from checker.formats.of_prove import alert_of_verdict, rules_of
from checker.formats.outcome import (
    Alert,
    Check,
    Judged,
    Level,
    Outcome,
    Place,
    Point,
    Rule,
    Table,
    counted,
    one_line,
    rules_used,
    sentence,
)
from checker.formats.story_points import points_of_step
from checker.formats.texts import first_page
from checker.interface.choices import DiffFailing
from checker.language.invisible_characters import visible
from checker.report.case_paragraphs import step_paragraphs
from checker.report.paper import text_of
from checker.results.answer import kept
from checker.results.parts import Verdict
from checker.rooms.diff.answer import DifferenceCase, Differences
from checker.rooms.diff.text import Compared
from checker.rooms.diff.unproved_cases import Kind

_UNDECIDED: Final = "diff/undecided"
_KINDS: Final[dict[Kind, str]] = {
    "newly accepted": "Requests are accepted that were rejected before.",
    "newly rejected": "Requests are rejected that were accepted before.",
    "differently rejected": "Requests are rejected by other checks than before.",
    "newly a request": "Requests are rejected that were no requests before.",
    "no longer a request": "Rejected requests are no requests any more.",
}
_FAILS: Final[dict[DiffFailing, tuple[Kind, ...]]] = {
    "any": tuple(_KINDS),
    "accepting": ("newly accepted", "newly rejected"),
    "more-permissive": ("newly accepted",),
    "less-permissive": ("newly rejected",),
    "incomparable": ("newly accepted", "newly rejected"),
}
"""Which cases are why a command that was told to fail on this does so."""


def outcome_of_differences(found: Differences) -> Outcome:
    """Return every case. Those that `fail_on` names are errors, the others worth knowing."""
    compared = kept(found, "compared", Compared)
    failing = tuple(found.__dict__.get("fail_on", ())) if found.exit == NOT_AS_EXPECTED else ()
    wrong = frozenset(kind for each in failing for kind in _FAILS[each])
    law = first_page(compared.difference.regime)
    flips = tuple(_flips(found, compared))
    alerts = (*_cases(found, lambda kind: "error" if kind in wrong else "note"), *_undecided(found), *flips)
    claims = (claim for flip in compared.flips or () for claim in (flip.old.claim,))
    kinds = (Rule(_rule(kind), said) for kind, said in _KINDS.items())
    undecided = Rule(_UNDECIDED, "It is not known what is decided differently.")
    return Outcome(
        command="diff",
        repeat=found.command,
        exit=found.exit,
        seconds=found.seconds,
        sum=_sum(found),
        rules=(*rules_used((*kinds, undecided), alerts), *rules_of(claims)),
        alerts=alerts,
        checks=(_check(found, alerts),),
        tables=tuple(_tables(found)),
        law=law,
        shipped=found.shipped,
    )


def _rule(kind: Kind) -> str:
    return f"diff/{kind.replace(' ', '-')}"


def _sum(found: Differences) -> str:
    between = f"from {found.old} to {found.new}"
    if found.relation is None:
        return f"{between}: unknown"
    turned = "" if found.flips is None else f"; {counted(len(found.flips), 'verdict')} turned"
    if found.same:
        return f"{between}: nothing is decided differently{turned}"
    return f"{between}: {found.relation}, {counted(len(found.cases), 'case')}{turned}"


def _cases(found: Differences, level: Callable[[Kind], Level]) -> Iterator[Alert]:
    for case in found.cases:
        said = "; ".join(each.sentence for each in case.conditions) or "always"
        place = next((Place.read(each.check.place) for each in case.turns_on), None)
        title = f"{found.new} decides differently from {found.old}: {case.kind}"
        yield Alert(
            rule=_rule(case.kind),
            level=level(case.kind),
            title=one_line(title),
            message=sentence(f"{title}, where {said}"),
            place=place,
            identity=(str(found.old), str(found.new), *(each.text for each in case.conditions)),
            details=visible(_told(found, case)),
            story=tuple(_points(found, case, place)),
        )


def _told(found: Differences, case: DifferenceCase) -> str:
    return text_of(
        (
            *step_paragraphs(case.example.old, f"In {found.old}: "),
            *step_paragraphs(case.example.new, f"In {found.new}: "),
        )
    ).strip("\n")


def _points(found: Differences, case: DifferenceCase, place: Place | None) -> Iterator[Point]:
    for fact in case.example.facts:
        yield Point(sentence(f"In a situation where: {fact}"), place)
    yield from points_of_step(case.example.old, place, f"In {found.old}: ")
    yield from points_of_step(case.example.new, place, f"In {found.new}: ")


def _undecided(found: Differences) -> Iterator[Alert]:
    if found.undecided:
        said = f"What {found.new} decides differently from {found.old} is not known"
        names = (str(found.old), str(found.new))
        yield Alert(
            _UNDECIDED, "warning", one_line(said), sentence(f"{said}: {found.undecided}"), None, names
        )


def _flips(found: Differences, compared: Compared) -> Iterator[Alert]:
    for flip, told in zip(compared.flips or (), found.flips or (), strict=True):
        level: Level = "note" if flip.old.decided and flip.new.decided else "warning"
        yield from alert_of_verdict(flip.new, told.new, level)


def _check(found: Differences, alerts: tuple[Alert, ...]) -> Check:
    lines = "\n\n".join(f"{each.message}\n{each.details}".rstrip() for each in alerts)
    name = f"what {found.new} decides differently from {found.old}"
    failed = any(each.level == "error" for each in alerts)
    judged: Judged = "failed" if failed else "no answer" if found.exit else "passed"
    return Check("diff", one_line(name), judged, one_line(_sum(found)), lines, found.seconds)


def _tables(found: Differences) -> Iterator[Table]:
    if found.cases:
        rows = tuple(
            (each.kind, "; ".join(one.sentence for one in each.conditions) or "always")
            for each in found.cases
        )
        yield Table("Cases", ("", "where"), rows)
    if found.flips:
        turned = tuple(
            (each.old.claim.number, each.old.claim.name, _word(each.old), _word(each.new))
            for each in found.flips
        )
        yield Table("What turned", ("", "claim", str(found.old), str(found.new)), turned)


def _word(verdict: Verdict) -> str:
    return "vacuous" if verdict.vacuous else verdict.verdict
