"""The report of `lint` as paragraphs: findings with their place, those that gate first, and the sum of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from checker.language.diagnostics import Diagnostic
from checker.language.render_diagnostics import render
from checker.report.paper import BLANK, Paragraph, Style, Words, joined, paragraph, row
from checker.rooms.lint.claims import LintAnswer
from checker.rooms.lint.find import Lint
from checker.rooms.lint.finding import KINDS, OCCURS, Finding, Kind
from checker.story.wording import capital, listed


def lint_paragraphs(
    linted: Lint,
    texts: Mapping[str, str],
    *,
    versions: Sequence[str],
    repeat: str,
    seconds: float,
    every: bool = False,
) -> tuple[Paragraph, ...]:
    """Return the whole report. `texts`: the source of each file; `repeat`: the command to repeat; `every`:
    tell every notice in full, and not only the first of each kind.
    """
    gates = [each for each in linted.findings if each.gates]
    notices = [each for each in linted.findings if not each.gates]
    return joined(
        (
            tuple(_section("Rules that can never decide", "bad", gates, linted, texts, every=True)),
            tuple(_section("Notices", "heading", notices, linted, texts, every=every)),
            tuple(_undecided(linted)),
            tuple(_unasked(linted)),
            tuple(_ending(linted, versions, repeat, seconds, folded=not every and _folds(notices))),
        )
    )


def as_diagnostic(finding: Finding, asked: Iterable[LintAnswer]) -> Diagnostic:
    """Return a finding as diagnostics are told, with the words, where it holds and what was asked to decide
    it as notes. `asked`: every answer; one question may have several, of which those in the finding's
    versions count.
    """
    clause = f"{finding.clause}: " if finding.clause else ""
    words = tuple(f"{clause}“{each}”" for each in finding.words)
    occurs = [each.removeprefix(OCCURS) for each in finding.notes if each.startswith(OCCURS)]
    notes = tuple(each for each in finding.notes if not each.startswith(OCCURS))
    if occurs:
        notes = (*notes, f"{OCCURS}{listed(occurs, 'and')}")
    told = f"in {listed(finding.versions, 'and')}"
    shown = dict.fromkeys(
        f"{each.result.verdict}: {each.question.sentence}"
        for each in asked
        if each.number in finding.claims and str(each.column) in finding.versions
    )
    return Diagnostic(finding.kind, finding.message, finding.span, notes=(*notes, *words, told, *shown))


def _section(
    title: str,
    style: Style,
    findings: Sequence[Finding],
    linted: Lint,
    texts: Mapping[str, str],
    *,
    every: bool,
) -> Iterator[Paragraph]:
    if not findings:
        return
    yield paragraph(Words(title, style))
    for kind, group in _by_kind(findings).items():
        yield BLANK
        count = f": {len(group)}" if len(group) > 1 else ""
        yield paragraph(Words(f"{capital(KINDS[kind])}{count}", "strong"), f" ({kind})")
        for number, each in enumerate(group):
            if number == 0 or every:
                yield BLANK
                first, *others = render(as_diagnostic(each, linted.asked), texts).splitlines()
                yield row(Words(first, "strong"))
                yield from (row(line) for line in others)
            else:
                where = f"{each.span.file}:{each.span.line}"
                yield paragraph(f"{where}: {each.message}", bullet="- ", hang=2)


def _by_kind(findings: Iterable[Finding]) -> dict[Kind, list[Finding]]:
    groups: dict[Kind, list[Finding]] = {}
    for each in findings:
        groups.setdefault(each.kind, []).append(each)
    return groups


def _folds(notices: Iterable[Finding]) -> bool:
    """Whether some notices are told shortly, if not all are to be told in full."""
    return any(len(group) > 1 for group in _by_kind(notices).values())


def _undecided(linted: Lint) -> Iterator[Paragraph]:
    """Yield what has no answer: once for all questions of a column that have none for the same reason."""
    groups: dict[tuple[str, str], list[LintAnswer]] = {}
    for each in linted.undecided:
        groups.setdefault((str(each.column), each.result.reason), []).append(each)
    if groups:
        yield paragraph(Words("Not decided", "warning"))
    for (column, reason), group in groups.items():
        more = f" (and {len(group) - 1} more)" if len(group) > 1 else ""
        said = f"{group[0].question.sentence}{more} In {column}: {group[0].result.verdict}, {reason}"
        yield paragraph(said, bullet="- ", hang=2)


def _unasked(linted: Lint) -> Iterator[Paragraph]:
    readings: dict[str, list[str]] = {}
    for reading, version in linted.unasked:
        readings.setdefault(reading, []).append(version)
    for reading, versions in readings.items():
        where = listed(versions, "and")
        yield paragraph(
            f"{reading} changes more than checks and effects in {where}, so it was not compared.",
            bullet="- ",
            hang=2,
        )


def _ending(
    linted: Lint, versions: Sequence[str], repeat: str, seconds: float, *, folded: bool
) -> Iterator[Paragraph]:
    gating = sum(each.gates for each in linted.findings)
    notices = len(linted.findings) - gating
    judged = Words(f"{gating} can never decide", "bad") if gating else Words("every rule can decide", "good")
    undecided = f", {len(linted.undecided)} not decided" if linted.undecided else ""
    yield paragraph(
        f"{', '.join(versions)}: ",
        judged,
        f"; {notices} notice{'' if notices == 1 else 's'}. "
        f"{len(linted.results)} questions asked{undecided}. {seconds:.1f} s",
    )
    if folded:
        yield paragraph("One notice of each kind is told in full; `--all` tells all of them so.")
    yield row(f"Repeat with: {repeat}")
