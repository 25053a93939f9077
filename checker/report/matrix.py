"""Claims against columns: the matrix in full or folded, and lists of what was found in other columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Final

from checker.model.claim import Column
from checker.question.verdict import Result
from checker.report.case_paragraphs import verdict_style
from checker.report.one_page import few_named
from checker.report.paper import BLANK, WIDTH, Paragraph, Words, paragraph, row
from checker.report.summary import Asked, by_claim, in_order, is_main, is_need, result_code

_NUMBER: Final = 4
_CELL: Final = 11
_MARK: Final = "\N{NOT EQUAL TO}"
"""Stands after the row of a claim whose verdict is not the same in all columns."""
_NARROWEST_NAME: Final = 22
_TWO: Final = 2  # columns, at least, that can be compared
_RARELY: Final = 4  # a column that fewer than one claim in so many is asked in is listed apart


# ------------------------------------------------------------------- matrix


def matrix(
    results: Sequence[Result], width: int = WIDTH, compared: Sequence[Column] = ()
) -> tuple[Paragraph, ...]:
    """Return claims against versions and deployments as they stand: what was found for each, and a mark
    where that is not the same. `compared`: columns that were asked for; with several, the claims whose
    verdicts differ come first.
    """
    columns = matrix_columns(results, width, compared)
    if not columns:
        return ()
    claims = by_claim(results)
    if len(compared) < _TWO:
        return tuple(_rows(claims, columns, columns, width))
    apart = {name: found for name, found in claims.items() if differs(found, compared)}
    alike = {name: found for name, found in claims.items() if name not in apart}
    names = " and ".join(map(str, compared))
    heading = paragraph(Words(f"The same in {names}, or asked in one only: {len(alike)}", "heading"))
    rows = tuple(_rows(alike, columns, compared, width))
    return (
        *differing(results, width, compared),
        *((BLANK, heading, *(rows[1:] if apart else rows)) if alike else ()),
    )


def differing(
    results: Sequence[Result], width: int = WIDTH, compared: Sequence[Column] = ()
) -> tuple[Paragraph, ...]:
    """Return the claims whose verdicts are not the same in the columns of the matrix or, if several were
    asked for, in these; nothing if there is one column only.
    """
    columns = matrix_columns(results, width, compared)
    sides = compared if len(compared) >= _TWO else columns
    if len(sides) < _TWO:
        return ()
    apart = {name: found for name, found in by_claim(results).items() if differs(found, sides)}
    names = " and ".join(map(str, sides))
    title = f"Claims whose verdict is not the same in {names}: {len(apart) or 'none'}"
    rows = tuple(_rows(apart, columns, sides, width))
    return (paragraph(Words(title, "heading")), *(rows if apart else ()))


def folded(
    results: Sequence[Result], width: int = WIDTH, compared: Sequence[Column] = ()
) -> tuple[Paragraph, ...]:
    """Return how many claims `differing` leaves out, in a paragraph for each verdict: those that are proved
    are counted by page, the others named.
    """
    columns = matrix_columns(results, width, compared)
    sides = compared if len(compared) >= _TWO else columns
    numbers: dict[str, list[str]] = {}
    pages: Counter[str] = Counter()
    for found in by_claim(results).values():
        words = [each.word for each in found if each.column in columns]
        if words and not (len(sides) >= _TWO and differs(found, sides)):
            worst = next((each for each in words if each != "proved"), "proved")
            numbers.setdefault(worst, []).append(found[0].claim.number)
            pages[PurePath(found[0].claim.span.file).name] += worst == "proved"
    total = sum(map(len, numbers.values()))
    title = f"The same wherever asked, or asked once: {total}" if len(sides) >= _TWO else f"Claims: {total}"
    proved = ", ".join(f"{file} {count}" for file, count in pages.items() if count)
    told = {word: proved if word == "proved" else few_named(found) for word, found in numbers.items()}
    lines = (
        paragraph(f"{len(numbers[word])} {word}: {which}", indent=2, hang=2) for word, which in told.items()
    )
    return (paragraph(Words(title, "heading")), *lines) if total else ()


def _rows(
    claims: Mapping[str, Sequence[Result]], columns: Sequence[Column], sides: Sequence[Column], width: int
) -> Iterator[Paragraph]:
    """Yield the head of the table and a row for each claim, marked if its verdict differs in `sides`."""
    name_width = width - _NUMBER - sum(map(_cell_width, columns)) - (len(_MARK) + 1) * (len(sides) >= _TWO)
    heads = "".join(f"{each!s:<{_cell_width(each)}}" for each in columns)
    yield row(Words(f"{'':<{_NUMBER}}{'claim':<{name_width}}{heads}", "heading"))
    for found in claims.values():
        name = found[0].claim.name
        cells = [_cell([each for each in found if each.column == column], column) for column in columns]
        title = name if len(name) < name_width else f"{name[: name_width - 2]}\N{HORIZONTAL ELLIPSIS}"
        mark = (Words(_MARK, "warning"),) if len(sides) >= _TWO and differs(found, sides) else ()
        yield row(f"{found[0].claim.number:<{_NUMBER}}{title:<{name_width}}", *cells, *mark)


def differs(found: Sequence[Result], columns: Sequence[Column]) -> bool:
    """Whether the verdicts on one claim are not the same in all of the columns that it was asked in. Of a
    claim that is refuted by several clauses, those count that were asked about everywhere, if there are any.
    """
    asked = {column: [each for each in found if each.column == column] for column in columns}
    by = [{each.by for each in there} for there in asked.values() if there]
    everywhere = set.intersection(*by) if by else set()
    words = {
        frozenset((each.by if everywhere else None, each.word) for each in there if _counts(each, everywhere))
        for there in asked.values()
        if there
    }
    return len(words) > 1


def _counts(result: Result, everywhere: set[str | None]) -> bool:
    return not everywhere or result.by in everywhere


def matrix_columns(
    asked: Sequence[Asked], width: int = WIDTH, compared: Sequence[Column] = ()
) -> tuple[Column, ...]:
    """Return the columns as they stand, and those compared, that many claims are asked in, the most used
    first while they fit.

    They come in the order of appearance.
    """
    shown = (each.column for each in in_order(asked))
    main = [each for each in shown if is_main(each) or each in compared]
    room = width - _NUMBER - _NARROWEST_NAME - len(_MARK) - 1
    kept: set[Column] = set()
    for column, count in Counter(main).most_common():
        room -= _cell_width(column)
        if room >= 0 and count * _RARELY > len(by_claim(asked)):
            kept.add(column)
    return tuple(each for each in dict.fromkeys(main) if each in kept)


def _cell_width(column: Column) -> int:
    return max(_CELL, len(str(column)) + 2)


def _cell(found: list[Result], column: Column) -> Words:
    """Return one word for what was found; `!` marks what is not as expected."""
    if not found:
        return Words(f"{'-':<{_cell_width(column)}}", "quiet")
    worst = max(found, key=result_code)
    alike = sum(each.word == worst.word for each in found)
    some = f" {alike}/{len(found)}" if alike < len(found) else ""
    mark = " !" if result_code(worst) else some
    return Words(f"{worst.word + mark:<{_cell_width(column)}}", verdict_style(worst))


# -------------------------------------------------------------------- lists


def other_columns(results: Sequence[Result], compared: Sequence[Column] = ()) -> tuple[Paragraph, ...]:
    """Return what was found in columns that are not in the matrix, needs apart: a line for each verdict."""
    shown = matrix_columns(results, compared=compared)
    found = [each for each in in_order(results) if each.column not in shown and not is_need(each)]
    lines = _grouped(found, lambda each: str(each.column))
    return table_list("Readings, deployments and other columns", lines)


def needs(results: Sequence[Result]) -> tuple[Paragraph, ...]:
    """Return what claims need, for it was found refuted without, and what is not so."""
    found = [each for each in in_order(results) if is_need(each)]
    expected = by_claim([each for each in found if not result_code(each)])
    lines = chain.from_iterable(map(_needed, expected.values()))
    surprising = _grouped((each for each in found if result_code(each)), _dropped)
    return table_list("Suppositions that are needed: refuted without", chain(lines, surprising))


def _needed(found: Sequence[Result]) -> Iterator[Paragraph]:
    """Yield a line for each set of suppositions that one claim needs, with the columns it needs them in."""
    sets: dict[Column, list[str]] = {}
    for each in found:
        kept = replace(each.column, without=())
        sets.setdefault(kept, []).append(" and ".join(each.column.without))
    columns: dict[tuple[str, ...], list[Column]] = {}
    for column, names in sets.items():
        columns.setdefault(tuple(names), []).append(column)
    for needed, where in columns.items():
        yield paragraph(
            Words(", ".join(needed), "good"),
            f" in {'; '.join(map(str, where))}",
            bullet=f"{found[0].claim.number:<{_NUMBER}}",
            hang=2,
        )


def _dropped(result: Result) -> str:
    kept = replace(result.column, without=())
    return f"without {' and '.join(result.column.without)} in {kept}"


def _grouped(found: Iterable[Result], where: Callable[[Result], str]) -> Iterator[Paragraph]:
    """Yield a line for each claim and verdict, with all the places where it was found."""
    groups: dict[tuple[str, str, str, bool], list[Result]] = {}
    for each in found:
        key = (each.claim.number, each.verdict, each.by or "", bool(result_code(each)))
        groups.setdefault(key, []).append(each)
    for (number, verdict, by, surprising), members in groups.items():
        said = f"{verdict}{' !' if surprising else ''}{f' by {by}' if by else ''}"
        yield paragraph(
            Words(said, verdict_style(members[0])),
            f": {'; '.join(map(where, members))}",
            bullet=f"{number:<{_NUMBER}}",
            hang=2,
        )


def table_list(title: str, lines: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Return lines under a title; nothing if there are none."""
    made = tuple(lines)
    return (paragraph(Words(title, "heading")), *made) if made else ()
