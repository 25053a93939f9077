"""What `redline doctor` found of the place that redline runs in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from checker.report.paper import BLANK, Paragraph, Style, Words, paragraph
from checker.results.answer import Answer, Frame, frame_of

State: TypeAlias = Literal["good", "lacking", "wrong"]

_MARKS: Final[dict[State, tuple[str, Style]]] = {
    "good": ("ok", "good"),
    "lacking": ("--", "quiet"),
    "wrong": ("NO", "bad"),
}
_NAMED: Final = 14  # columns for the name of what was looked at


class Examined(Struct, frozen=True, kw_only=True):
    """One thing that was looked at. `part`: to which it belongs; `found`: what it is; `state`: `good`;
    `lacking`, if redline does without it; or `wrong`, if it does not work; `advice`: what to do, or empty.
    """

    part: str
    name: str
    found: str
    state: State
    advice: str


class Examination(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.doctor/1"):
    """All that was looked at. `exit`: 0, or 2 if anything is wrong."""

    exit: int
    looked_at: tuple[Examined, ...]

    def paragraphs(self) -> Iterable[Paragraph]:
        """A line for each thing, under the part that it belongs to."""
        for part in dict.fromkeys(each.part for each in self.looked_at):
            yield paragraph(Words(part, "heading"))
            for each in self.looked_at:
                if each.part == part:
                    mark, style = _MARKS[each.state]
                    advice = f" ({each.advice})" if each.advice else ""
                    name = f" {each.name:<{_NAMED}} "
                    yield paragraph(
                        Words(mark, style), name, f"{each.found}{advice}", indent=2, hang=_NAMED + 4
                    )
            yield BLANK
        wrong = [each.name for each in self.looked_at if each.state == "wrong"]
        if wrong:
            yield paragraph(Words(f"Not in order: {', '.join(wrong)}.", "bad"))
        else:
            yield paragraph("All that redline needs is in order.")

    def frame(self) -> Frame:
        """A row for each thing."""
        rows = (
            {"part": x.part, "name": x.name, "found": x.found, "state": x.state, "advice": x.advice}
            for x in self.looked_at
        )
        return frame_of(rows, ("part", "name", "found", "state", "advice"))
