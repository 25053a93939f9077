"""The passages of the sources that are kept with a spec, in the register, and who cites them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.regime.passages import Citation, CitedPassage, CitedSection, Source
from checker.reports.teller import place_of

_TITLES = (("rule", "Rules"), ("claim", "Claims"), ("other", "Besides"))


def passage_lines(source: Source) -> Iterator[str]:
    """Yield the section of the register about one source: first what nothing cites."""
    yield from ("", f"## Passages of {source.name}", "")
    yield f"{source.title} ({place_of(source.span)}). A passage is a sentence, or a row of a table. A rule,"
    yield "a claim or another declaration cites it by a quote of its words."
    yield from ("", *_uncited(source), "", *_figures(source.sections))
    for section in source.sections:
        if section.passages:
            yield from _section(source, section)


def _uncited(source: Source) -> Iterator[str]:
    found = [(section, each) for section in source.sections for each in section.passages if each.uncited]
    if not found:
        yield "Every passage is cited, or left out with a reason."
        return
    yield "Neither cited nor left out:"
    yield ""
    for section, each in found:
        words = " … ".join(f"“{text}”" for text in each.uncited)
        partly = ", of a passage that is cited in part" if each.cited_by or each.left_out else ""
        yield f"- {source.name} {section.name}: {words}{partly} ({place_of(each.span)})"


def _figures(sections: Sequence[CitedSection]) -> Iterator[str]:
    yield "| section | passages | cited by rules | by claims | only by others | left out | nothing |"
    yield "|---|---|---|---|---|---|---|"
    rows = [(each.name, *_counted(each.passages)) for each in sections if each.passages]
    totals = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    for row in (*rows, ("all", *totals)):
        yield f"| {' | '.join(map(str, row))} |"


def _counted(passages: Sequence[CitedPassage]) -> tuple[int, ...]:
    kinds = [{citation.kind for citation in each.cited_by} for each in passages]
    return (
        len(passages),
        sum("rule" in each for each in kinds),
        sum("claim" in each for each in kinds),
        sum(each == {"other"} for each in kinds),
        sum(bool(each.left_out) for each in passages),
        sum(bool(each.uncited) for each in passages),
    )


def _section(source: Source, section: CitedSection) -> Iterator[str]:
    count = len(section.passages)
    title = f"{source.name} {section.name} {section.title}".rstrip()
    yield from (
        "",
        f"### {title}",
        "",
        f"{count} passage{'s' * (count != 1)} ({place_of(section.span)}).",
        "",
    )
    citations = dict.fromkeys(each for passage in section.passages for each in passage.cited_by)
    for kind, said in _TITLES:
        named = [_named(each) for each in citations if each.kind == kind]
        if named:
            yield f"- {said}: {'; '.join(named)}"
    yield from _left_out(section.passages)


def _named(citation: Citation) -> str:
    return f"{citation.label} ({place_of(citation.span)})"


def _left_out(passages: Iterable[CitedPassage]) -> Iterator[str]:
    """Yield each reason once, with how many passages it is about."""
    reasons: dict[str, int] = {}
    for passage in passages:
        for reason in passage.left_out:
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        yield f"- Left out, {count} passage{'s' * (count != 1)}: {reason}"
