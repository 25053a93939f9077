"""What lint finds in the text on the desk, with the edits that answer it: once its claims are decided."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from checker.editor.index import index_of
from checker.editor.mends_of_findings import mends_of_finding
from checker.editor.pages import Page, read_pages
from checker.holding import Held, Stopped
from checker.language.diagnostics import Span, SpecError
from checker.question.jobs import Disagreement
from checker.results.answer import kept
from checker.rooms.lint.answer import Linted
from checker.rooms.lint.find import by_reading, in_order, merged
from checker.rooms.lint.finding import Finding
from checker.workbench.desk import Desk
from checker.workbench.effect import Edited
from checker.workbench.messages import Mend, Notice, Noticed, ToWindow

if TYPE_CHECKING:
    from checker.api import Law


class Noticing:
    """Looks at each text that is held, in a thread that an edit stops. `lock`: of the desk; whoever has it
    may call any method.
    """

    def __init__(
        self, held: Held, desk: Desk, lock: threading.RLock, say: Callable[[ToWindow], None]
    ) -> None:
        self._held, self._desk, self._lock, self._say = held, desk, lock, say
        self._looked_at: Edited | None = None  # of which all that lint finds is known, or being found
        self._pages: dict[str, Page] = {}
        self.told: Noticed | None = None

    def look_at(self, edited: Edited) -> None:
        """Find what there is in that text, unless that is known."""
        with self._lock:
            if self._looked_at is not edited:
                self._looked_at = edited
                working = threading.Thread(target=self._look, args=(edited,), daemon=True)
                working.name = "redline lint"
                working.start()

    def _look(self, edited: Edited) -> None:
        try:
            read = []
            for each in by_reading(edited.law.regime):
                self._keep(edited)
                read.append(each)
            self._tell(edited, in_order(merged(read)))
            found = self._held.lint()
            self._keep(edited)
            self._tell(edited, kept(found, "linted", Linted).lint.findings)
        except (Stopped, SpecError, Disagreement):  # of what it could not find, `redline lint` tells
            with self._lock:
                if self._looked_at is edited:
                    self._looked_at = None

    def _keep(self, edited: Edited) -> None:
        if self._held.law is not edited.law:
            raise Stopped

    def _tell(self, edited: Edited, findings: Sequence[Finding]) -> None:
        with self._lock:
            if self._looked_at is edited:
                self.told = self._placed(edited.law, findings)
                self._say(self.told)

    def _placed(self, law: Law, findings: Sequence[Finding]) -> Noticed:
        """Return the findings on pages that are on the desk as lint has read them: not those on a page that
        an edit leaves as it was saved, because a modification says the edit.
        """
        read, pages = law.sources(), self._desk.pages.values()
        texts = {each.name: read[each.title] for each in pages if each.title in read}
        same = {e.name: e.shared.version for e in pages if texts.get(e.name) == e.shared.text}
        here = [each for each in findings if each.span.file in same]
        return Noticed(self._notices(here, texts) if here else (), same)

    def _notices(self, findings: Sequence[Finding], texts: Mapping[str, str]) -> tuple[Notice, ...]:
        self._pages = read_pages(texts, self._pages)
        index = index_of(self._pages)
        return tuple(
            Notice(
                each.span.file,
                each.span.line,
                each.span.column,
                each.span.end_line,
                each.span.end_column,
                "\n".join((each.message, *each.notes, f"in {', '.join(each.versions)}")),
                each.gates,
                tuple(
                    Mend(action.title, tuple(_change(edit.span, edit.text) for edit in action.edits))
                    for action in mends_of_finding(index, self._pages[each.span.file], each)
                    if all(edit.span.file == each.span.file for edit in action.edits)
                ),
            )
            for each in findings
        )


def _change(span: Span, text: str) -> tuple[int, int, int, int, str]:
    return span.line, span.column, span.end_line, span.end_column, text
