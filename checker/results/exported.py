"""A law and its claims as TLA+: what `export` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from checker.model.claim import Column
from checker.prove.left_out import LeftOut
from checker.report.json_documents import ToldColumn, told_column
from checker.report.not_asked import left_out_paragraphs
from checker.report.paper import Paragraph, Words, paragraph
from checker.results.answer import Answer, Frame, frame_of, keeping
from checker.results.files import cannot_write, write_files
from checker.results.parts import ToldLeftOut, told_left_out
from checker.tla.all_modules import Bundle
from checker.tla.law_module import run_with


class ExportedModule(Struct, frozen=True, kw_only=True):
    """A module of that `name`, with a configuration for TLC, for one claim by number (`claim`) and name."""

    name: str
    claim: str
    called: str


class Exported(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.export/1"):
    """Modules of TLA+ for a finite instance of a column. `law`: the name of the law's module; `files`: name
    -> text; `left_out`: claims that cannot be exported, then those that are not about this column.
    """

    command: str
    column: ToldColumn
    law: str
    modules: tuple[ExportedModule, ...]
    left_out: tuple[ToldLeftOut, ...]
    files: dict[str, str]
    shipped: bool

    def paragraphs(self, folder: str = ".") -> Iterable[Paragraph]:
        """What there is, and what is not exported. `folder`: where it was written to."""
        return tuple(self._told(folder))

    def _told(self, folder: str) -> Iterator[Paragraph]:
        yield paragraph(f"{folder}/{self.law}.tla: the law")
        for module in self.modules:
            yield paragraph(
                f"{folder}/{module.name}.tla, .cfg: claim {module.claim}, {module.called}", hang=2
            )
        elsewhere: tuple[LeftOut, ...] = self.__dict__.get("elsewhere", ())
        unsaid = self.left_out[: len(self.left_out) - len(elsewhere)]
        if unsaid:
            yield paragraph(Words("Not exported", "warning"), ":")
        for each in unsaid:
            yield paragraph(f"claim {each.claim}, {each.name}: {each.reason}", indent=2, hang=2)
        if self.modules:
            yield paragraph(f"Run there: {run_with(self.modules[0].name)}", hang=2)
        yield from left_out_paragraphs(elsewhere)

    def write(self, folder: str | Path) -> None:
        """Write the files into a folder, all or none. SpecError if it holds something else than an export."""
        check_folder(Path(folder))
        write_files(Path(folder), self.files)

    def frame(self) -> Frame:
        """A row for each module of a claim."""
        rows = ({"module": each.name, "claim": each.claim, "name": each.called} for each in self.modules)
        return frame_of(rows, ("module", "claim", "name"))


def exported_of(
    column: Column, bundle: Bundle, elsewhere: Sequence[LeftOut], command: str, *, shipped: bool
) -> Exported:
    """Return an export. `elsewhere`: claims that are not about the column."""
    unsaid = tuple(LeftOut(each.claim, None, each.reason) for each in bundle.left_out)
    answer = Exported(
        command=command,
        column=told_column(column),
        law=bundle.law,
        modules=tuple(
            ExportedModule(name=each.name, claim=each.claim.number, called=each.claim.name)
            for each in bundle.modules
        ),
        left_out=told_left_out((*unsaid, *elsewhere)),
        files=dict(bundle.files),
        shipped=shipped,
    )
    return keeping(answer, elsewhere=tuple(elsewhere))


def check_folder(folder: Path) -> None:
    """Raise SpecError if the folder holds something else than modules and what a checker left there."""
    holds = list(folder.iterdir()) if folder.is_dir() else []
    if holds and not any(each.suffix == ".tla" for each in holds):
        raise cannot_write(f"`{folder}` holds something else than an export")
