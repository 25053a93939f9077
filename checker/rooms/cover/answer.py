"""Edits of a law, and who notices: what `cover` finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph
from checker.results.answer import Evidenced, Frame, frame_of, keeping, kept
from checker.results.parts import ToldLeftOut, told_left_out
from checker.rooms.cover.edits import Edit as Edited
from checker.rooms.cover.edits import Part
from checker.rooms.cover.find import Coverage, Notice, Unseen, Weight
from checker.rooms.cover.formula_variants import How
from checker.rooms.cover.text import Covered, cover_markdown, cover_paragraphs
from checker.story.steps_told import place_of


class Edit(Struct, frozen=True, kw_only=True):
    """One change of one `rule`, and what it comes to (`weight`).

    `words`: of the law; `said`, `instead`: meanings before and after, in the language; `column`: the edited
    law; `evidence`: whether there is any, `null` if none was to be written; `asked`: how many claims;
    `reason`: of what is unknown.
    """

    part: Part
    rule: str
    clause: str
    words: tuple[str, ...]
    how: How
    said: str
    instead: str
    place: str
    column: ToldColumn
    weight: Weight
    evidence: bool | None
    asked: int
    noticed_by: tuple[Notice, ...] = field(name="noticed by")
    unseen: tuple[Unseen, ...]
    reason: str


class Edits(Evidenced, frozen=True, kw_only=True, tag_field="schema", tag="redline.cover/1"):
    """Every edit of a version, and which claims notice it. `counts`: weight -> number of edits; `readings`:
    the edits as readings, a page of the language.
    """

    command: str
    seconds: float
    exit: int
    column: ToldColumn
    counts: dict[str, int]
    left_out: tuple[ToldLeftOut, ...]
    readings: str
    edits: tuple[Edit, ...]
    shipped: bool

    def paragraphs(self, *, full: bool = False) -> Iterable[Paragraph]:
        """The report. `full`: tell each edit of what happens or is supposed that no claim turns on."""
        return cover_paragraphs(kept(self, "covered", Covered), full=full)

    def markdown(self) -> str:
        """The whole as a page of Markdown."""
        return cover_markdown(kept(self, "covered", Covered))

    def frame(self) -> Frame:
        """A row for each edit."""
        return frame_of(
            (
                {
                    "part": each.part,
                    "rule": each.rule,
                    "clause": each.clause,
                    "how": each.how,
                    "said": each.said,
                    "instead": each.instead,
                    "weight": each.weight,
                    "noticed_by": tuple(one.number for one in each.noticed_by),
                    "place": each.place,
                }
                for each in self.edits
            ),
            ("part", "rule", "clause", "how", "said", "instead", "weight", "noticed_by", "place"),
        )


def edits_of(covered: Covered, *, shipped: bool = False) -> Edits:
    """Return a run of `cover`."""
    answer = Edits(
        command=covered.repeat,
        seconds=round(covered.seconds, 3),
        exit=covered.code,
        column=told_column(covered.column),
        counts=dict(Counter(found.weight for _, found in covered.edits)),
        left_out=told_left_out(covered.left_out),
        readings=covered.plan.text,
        edits=tuple(_edit(covered, *pair) for pair in covered.edits),
        shipped=shipped,
    )
    return keeping(answer, covered=covered)


def _edit(covered: Covered, edit: Edited, found: Coverage) -> Edit:
    return Edit(
        part=edit.part,
        rule=edit.rule,
        clause=edit.clause,
        words=tuple(each.text for each in edit.phrases),
        how=edit.how,
        said=edit.said,
        instead=edit.instead,
        place=place_of(edit.span),
        column=told_column(covered.plan.column_of(edit)),
        weight=found.weight,
        evidence=covered.is_shown(edit),
        asked=found.asked,
        noticed_by=tuple(found.notices),
        unseen=tuple(found.unseen),
        reason=found.reason,
    )
