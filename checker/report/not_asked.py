"""What was not asked, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.claim import Column
from checker.prove.left_out import LeftOut
from checker.report.paper import Paragraph, Words, paragraph
from checker.report.summary import claim_key


def left_out_paragraphs(left_out: Sequence[LeftOut]) -> Iterator[Paragraph]:
    """Yield how many claims were not asked, and a line for each column and reason."""
    claims = {each.claim.name for each in left_out if each.claim is not None}
    if left_out:
        count = f": {len(claims)} claim{'s' * (len(claims) != 1)}" if claims else ""
        yield paragraph(Words("Not asked", "heading"), count)
    for column, reason, numbers in _grouped(left_out):
        where = f" in {column}" if column is not None else ""
        said = f"{', '.join(numbers)}{where}" if numbers else str(column)
        each = "each " if len(numbers) > 1 else ""
        yield paragraph(f"{said}: {each}{reason}", bullet="- ", hang=2)


def _grouped(left_out: Sequence[LeftOut]) -> Iterator[tuple[Column | None, str, list[str]]]:
    """Yield what was left out in each column for each reason, in the order of the claims' numbers."""
    groups: dict[tuple[Column | None, str], list[str]] = {}
    for each in sorted(left_out, key=lambda one: () if one.claim is None else claim_key(one.claim)):
        numbers = groups.setdefault((each.column, each.reason), [])
        if each.claim is not None:
            numbers.append(each.claim.number)
    for (column, reason), numbers in groups.items():
        yield column, reason, numbers
