"""What `redline init` wrote, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report.paper import BLANK, Paragraph, paragraph, row
from checker.results.answer import Answer, Frame, frame_of


class Started(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.init/1"):
    """A small law in a folder. `files`: what was written, by name within the folder; `next`: commands to
    copy, in their order, each with a comment that says what it is for.
    """

    folder: str
    files: tuple[str, ...]
    next: tuple[str, ...]

    def paragraphs(self) -> Iterable[Paragraph]:
        """What there is, and the commands."""
        yield paragraph(f"A small law in {self.folder}")
        yield from (row(f"  {each}") for each in self.files)
        yield BLANK
        yield paragraph("What to do next")
        yield from (row(f"  {each}") for each in self.next)

    def frame(self) -> Frame:
        """A row for each file."""
        return frame_of(({"file": each} for each in self.files), ("file",))
