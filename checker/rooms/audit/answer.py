"""Tables held against the law: what `audit` finds."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report.paper import Paragraph
from checker.results.answer import Frame, frame_of
from checker.rooms.audit.document import AuditDocument
from checker.rooms.audit.text import audit_paragraphs


class Audit(AuditDocument, frozen=True, kw_only=True, tag_field="schema", tag="redline.audit/1"):
    """What the law of a column says of the rows of tables. `count`: of a condition, if one was asked about,
    or of the rows that the event changes; `event`: what its script does, if one was asked about;
    `broken`: of everything that the law supposes, if that was asked (`null`: not).
    """

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report."""
        return audit_paragraphs(self)

    def frame(self) -> Frame:
        """A row for each group or, if nothing was counted, for each supposition."""
        if self.count is not None:
            names = tuple(self.count.groups[0].values) if self.count.groups else ()
            rows = ({**each.values, "way": each.way, "rows": each.rows} for each in self.count.groups)
            return frame_of(rows, (*names, "way", "rows"))
        found = self.broken or ()
        told = ({"kind": e.kind, "name": e.name, "holds": e.holds, "rows": e.rows} for e in found)
        return frame_of(told, ("kind", "name", "holds", "rows"))
