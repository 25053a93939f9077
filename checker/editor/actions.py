"""What an editor may offer to do about a mistake or a notice, and for a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from checker.editor.edits import Action, Edit, point, quoted
from checker.editor.index import Index
from checker.editor.mends import mends
from checker.editor.mends_of_findings import mends_of_finding
from checker.editor.pages import Page
from checker.language.diagnostics import Diagnostic, Span
from checker.rooms.lint.finding import Finding


def actions(
    index: Index,
    file: str,
    lines: tuple[int, int],
    diagnostics: Sequence[Diagnostic],
    findings: Sequence[Finding],
    claims: Iterable[str],
) -> tuple[Action, ...]:
    """What may be done on the lines, from 1, about what is wrong there and about what lint has found there.
    `claims`: the files that claims may be written to.
    """
    page = index.pages[file]
    wrong = [each for each in diagnostics if _here(each.span, file, lines)]
    found = [each for each in findings if _here(each.span, file, lines)]
    return (
        *(action for each in wrong for action in mends(index, page, each)),
        *(action for each in found for action in mends_of_finding(index, page, each)),
        *_claim_for(index, page, lines, tuple(claims)),
    )


def _here(span: Span | None, file: str, lines: tuple[int, int]) -> bool:
    return span is not None and span.file == file and _touch(span, lines)


def _touch(span: Span, lines: tuple[int, int]) -> bool:
    return span.line <= lines[1] and lines[0] <= span.end_line


def _claim_for(index: Index, page: Page, lines: tuple[int, int], files: tuple[str, ...]) -> Iterator[Action]:
    """Yield a claim to be written about the clause that is named on the lines."""
    names = [
        each.name
        for each in index.occurrences.get(page.file, ())
        if each.kinds == ("clause",) and _touch(each.span, lines)
    ]
    files = tuple(each for each in files if each in index.pages)
    if not names or not files:
        return
    file = page.file if page.file in files else files[-1]
    versions = [each.name for each in index.all_of("version")] or ["…"]
    numbers = [
        int(found.group()) for each in index.all_of("claim number") if (found := re.match(r"\d+", each.name))
    ]
    number = max(numbers, default=0) + 1
    clause = names[0]
    slug = re.sub(r"[^a-z0-9]+", "-", clause.casefold()).strip("-")
    lines_ = index.pages[file].lines
    text = "\n".join(
        (
            "",
            f"## {number}. {clause}",
            "",
            "```redline",
            f'claim {number} claim-{slug} "…"',
            f"    from {quoted(clause)}",
            "    always, for every request r: true",
            f"    expect proved in {', '.join(versions)}",
            "```",
            "",
        )
    )
    end = point(file, len(lines_), len(lines_[-1]) + 1)
    yield Action(f"Make a claim for {clause}", (Edit(end, text),))
