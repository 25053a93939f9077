"""A log of requests held against the law: what `replay` finds."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report.paper import Paragraph
from checker.results.answer import Frame, frame_of
from checker.rooms.replay.document import ReplayDocument
from checker.rooms.replay.text import replay_paragraphs


class Replay(ReplayDocument, frozen=True, kw_only=True, tag_field="schema", tag="redline.replay/1"):
    """Whether a log obeyed the law. `rows`: all of them; `columns`: how many in the time of each column of
    the law; `before`: how many are older than the first; `utc`: whether times
    are told as UTC has them, or as the log has them; `against`: how many the law answers otherwise, in
    `groups`. `in_order`: how many were followed in order of time, because requests before them changed what
    they turn on, and `same_time`: how many of these have the time of another that names the same thing, and
    were taken as the table has them; `open`: how many were not, and so have no answer. `again`: how many were
    decided again without SQL.
    """

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report."""
        return replay_paragraphs(self)

    def frame(self) -> Frame:
        """A row for each group of rows that the law answers otherwise."""
        names = ("column", "law", "log", "rows", "when", "clause", "reason")
        return frame_of(({name: getattr(each, name) for name in names} for each in self.groups), names)
