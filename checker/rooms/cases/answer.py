"""A test pack: what `cases` makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from checker.interface.choices import PATIENCE, PackForm
from checker.report.paper import Paragraph
from checker.results.answer import Frame, Watch, frame_of, nobody
from checker.results.files import write_files
from checker.rooms.cases.departures import Run, run
from checker.rooms.cases.document import PackDocument
from checker.rooms.cases.files import files_of, written
from checker.rooms.cases.table import COLUMNS, rows
from checker.rooms.cases.text import pack_paragraphs


class CasePack(PackDocument, frozen=True, kw_only=True, tag_field="schema", tag="redline.cases/1"):
    """The tests for a column or, `against` another, for what differs. `names`: what the levels are called,
    for one component alone, end to end, and as users. `undecided`: claims that have no verdict, and so no
    story; `notes`: what was left out, in sentences. `dropped`: of the previous pack.
    """

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report: how many tests there are, what they cover, and what cannot be covered."""
        return pack_paragraphs(self)

    def frame(self) -> Frame:
        """A row for each level of each test and each component that it comes by."""
        return frame_of(rows(self), COLUMNS)

    def files(self) -> dict[str, str | bytes]:
        """The pack as files by name: Gherkin for each level, CSV with a test for pytest, JSON, and XLSX, for
        which SpecError says what to install if it is not there.
        """
        return files_of(self)

    def written(self, form: PackForm) -> str | bytes:
        """The pack in a format: Gherkin has the features of all levels; XLSX is bytes, and needs openpyxl."""
        return written(self, form)

    def run(
        self,
        program: str,
        *,
        levels: Sequence[str] = (),
        component: str = "",
        seconds: float = PATIENCE,
        progress: Watch = nobody,
        command: str = "",
    ) -> Run:
        """Give the tests to a program, and say where it departs from the law.

        `program`: a command line, without a shell. `levels`: those of these names, all without any;
        `component`: only tests of it alone. `seconds`: how long it may take for an answer. SpecError if there
        is no such test, or the program cannot be started.
        """
        return run(
            self,
            program,
            levels=levels,
            component=component,
            seconds=seconds,
            command=command,
            watch=progress,
        )

    def write(self, folder: str | Path) -> None:
        """Write all files into a folder, or none. SpecError if that is not possible."""
        write_files(Path(folder), self.files())
