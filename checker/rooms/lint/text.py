"""The report of `lint` as paragraphs: findings with their place, those that gate first, and the sum of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from checker.language.diagnostics import Diagnostic
from checker.language.render_diagnostics import render
from checker.report.paper import BLANK, Paragraph, Style, Words, joined, paragraph, row
from checker.rooms.lint.claims import LintAnswer
from checker.rooms.lint.find import Lint
from checker.rooms.lint.finding import KINDS, Finding


def lint_paragraphs(
    linted: Lint, texts: Mapping[str, str], *, versions: Sequence[str], repeat: str, seconds: float
) -> tuple[Paragraph, ...]:
    """Return the whole report. `texts`: the source of each file; `repeat`: the command to repeat."""
    gates = [each for each in linted.findings if each.gates]
    notices = [each for each in linted.findings if not each.gates]
    return joined(
        (
            tuple(_section("Rules that can never decide", "bad", gates, linted, texts)),
            tuple(_section("Notices", "heading", notices, linted, texts)),
            tuple(_undecided(linted)),
            tuple(_unasked(linted)),
            tuple(_ending(linted, versions, repeat, seconds)),
        )
    )


def as_diagnostic(finding: Finding, asked: Mapping[str, str]) -> Diagnostic:
    """Return a finding as diagnostics are told, with the words, where it holds, its kind and what was asked
    to decide it as notes. `asked`: claims with their verdicts, by number.
    """
    clause = f"{finding.clause}: " if finding.clause else ""
    words = tuple(f"{clause}“{each}”" for each in finding.words)
    told = f"in {', '.join(finding.versions)}: {finding.kind}"
    shown = dict.fromkeys(asked[each] for each in finding.claims)
    notes = (*finding.notes, *words, told, *shown)
    return Diagnostic(finding.kind, finding.message, finding.span, notes=notes)


def _section(
    title: str, style: Style, findings: Iterable[Finding], linted: Lint, texts: Mapping[str, str]
) -> Iterator[Paragraph]:
    asked = {each.number: f"{each.result.verdict}: {each.question.sentence}" for each in linted.asked}
    for number, each in enumerate(findings):
        if number == 0:
            yield paragraph(Words(title, style))
        yield BLANK
        first, *others = render(as_diagnostic(each, asked), texts).splitlines()
        yield row(Words(first, "strong"))
        yield from (row(line) for line in others)


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
    for reading, version in linted.unasked:
        yield paragraph(
            f"{reading} changes more than checks and effects in {version}, so it was not compared.",
            bullet="- ",
            hang=2,
        )


def _ending(linted: Lint, versions: Sequence[str], repeat: str, seconds: float) -> Iterator[Paragraph]:
    counts = {kind: sum(each.kind == kind for each in linted.findings) for kind in KINDS}
    for kind, count in counts.items():
        if count:
            yield row(f"{count:>4}  {KINDS[kind]}")
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
    yield row(f"Repeat with: {repeat}")
