"""Reports verdicts that claims expect where they make no sense."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from checker.language.diagnostics import Diagnostic
from checker.model.claim import Claim, Column, Expectation, Need, compares
from checker.model.expressions import Outcome
from checker.model.named_columns import named_in
from checker.model.under_way import unaskable
from checker.regime.names import Report, Vocabulary
from checker.regime.regime import Deployment


def report_elsewhere(claims: Iterable[Claim], deployments: Iterable[Deployment], report: Report) -> None:
    """Reports every verdict that a claim about deployment steps expects of a column with other versions, and
    comparisons with such steps, because comparisons have no steps.
    """
    placed = {each.name: tuple(each.versions.values()) for each in deployments}
    for claim in claims:
        if not claim.deployment_over:
            continue
        if compares(claim.statement):
            message = "a comparison is about single requests, so no version is deployed in between"
            expected = ("`every deployment over …` as one side",)
            report.say("misplaced", message, claim.span, expected=expected)
        asked: tuple[Expectation | Need, ...] = (*claim.expectations, *claim.needs)
        for each in asked:
            base = each.column.base
            if claim.leaves_out(placed.get(base, (base,))) is not None:
                message = f"this cannot be asked of `{each.column}`: the claim is about other deployments"
                over = tuple(f"`{name}`" for name in claim.over)
                report.say("elsewhere", message, each.span, expected=over)


def report_without_effect(
    claims: Iterable[Claim],
    deployments: Iterable[Deployment],
    without_effect: Callable[[Column], str | None],
    report: Report,
) -> None:
    """Reports every verdict that is expected under a reading of what the version, or each version that is
    deployed, does not have: it would be that without the reading. `without_effect`: that reading.
    """
    placed = {each.name: tuple(each.versions.values()) for each in deployments}
    for claim in claims:
        asked: tuple[Expectation | Need, ...] = (*claim.expectations, *claim.needs)
        for each in asked:
            bases = placed.get(each.column.base, (each.column.base,))
            reading = idle_reading(each.column, bases, without_effect)
            if reading is not None:
                wrong = changes_nothing(reading, each.column)
                report.say(wrong.code, wrong.message, each.span, notes=wrong.notes)


def idle_reading(
    column: Column, bases: Iterable[str], without_effect: Callable[[Column], str | None]
) -> str | None:
    """The first reading of a column that changes nothing in any of the versions that the column is of."""
    plain = replace(column, without=(), staged=False)
    found = [without_effect(replace(plain, base=base)) for base in bases] if column.readings else []
    return None if None in found else next(iter(found), None)


def changes_nothing(reading: str, column: Column) -> Diagnostic:
    """What is wrong with a column under such a reading, wherever it is named."""
    message = f"reading `{reading}` changes nothing in `{column.base}`: what it reads is not there"
    notes = ("leave it out here, or name a version that has those words",)
    return Diagnostic("idle-reading", message, None, notes=notes)


def report_readings_together(
    claims: Iterable[Claim],
    deployments: Iterable[Deployment],
    wrong: Callable[[Column], Iterable[Diagnostic]],
    named: Callable[[Claim], Iterable[Column]],
    report: Report,
) -> None:
    """Reports what is wrong with the columns that verdicts are expected in, and with those that claims mean
    there by the columns that they name. `wrong`: what is, with a column whose base is a version.
    """
    placed = {each.name: tuple(each.versions.values()) for each in deployments}
    columns = list[Column]()
    for claim in claims:
        expected: tuple[Expectation | Need, ...] = (*claim.expectations, *claim.needs)
        asked = [each.column for each in expected]
        columns += (*asked, *(named_in(each, other) for other in named(claim) for each in asked))
    for column in dict.fromkeys(each for each in columns if len(each.readings) > 1):
        for base in dict.fromkeys(placed.get(column.base, (column.base,))):
            report.extend(wrong(replace(column, base=base)))


def report_staged(claim: Claim, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every verdict expected in a staged column, if the claim cannot be asked there."""
    asked: tuple[Expectation | Need, ...] = (*claim.expectations, *claim.needs)
    for each in asked:
        by = each.by if isinstance(each, Expectation) else None
        demand = Outcome("exempted", "", by) if by is not None and by in vocabulary.exempting else None
        why = unaskable(claim, demand) if each.column.staged else None
        if why is not None:
            report.say("not-staged", f"this cannot be asked of `{each.column}`: {why}", each.span)
