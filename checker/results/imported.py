"""A document that became a law to be given its meaning: what `import` writes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree

from checker.regime.regime import Regime
from checker.report.paper import Paragraph, Words, paragraph
from checker.results.files import cannot_write, check_outside_laws

_README = "README.md"


@dataclass(frozen=True, slots=True)
class Imported:
    """`files`: the pages by their names in the new folder; `found`: what the document holds, a sentence each;
    `to_do`: what is still to be done; `lost`: what of the document is left out. `regime`: the law as loaded.
    """

    name: str
    files: Mapping[str, str]
    found: tuple[str, ...]
    to_do: tuple[str, ...]
    lost: tuple[str, ...]
    regime: Regime = field(repr=False)

    def paragraphs(self, folder: str = ".") -> Iterator[Paragraph]:
        """What was written and what is still to do. `folder`: where it was written to."""
        yield paragraph(Words(folder, "heading"), f": {self.name} as a law")
        yield from (paragraph(each, indent=2, bullet="- ") for each in self.found)
        yield paragraph(Words("Still to do", "strong"))
        yield from (paragraph(each, indent=2, bullet="- ") for each in self.to_do)
        if self.lost:
            yield paragraph(Words("Left out", "warning"))
            yield from (paragraph(each, indent=2, bullet="- ") for each in self.lost)

    def text(self) -> str:
        """The same as a page, which is written beside the law."""
        found, to_do, lost = (
            tuple(f"- {each}" for each in part) for part in (self.found, self.to_do, self.lost)
        )
        parts = (f"# {self.name} as a law", "\n".join(found), "## Still to do", "\n".join(to_do))
        return "\n\n".join((*parts, *(("## Left out", "\n".join(lost)) if lost else ()))) + "\n"

    def write(self, folder: str | Path) -> None:
        """Write the files into a new folder, all or none. SpecError if there is one of that name."""
        place = Path(folder)
        check_new(place)
        made: str | None = None
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            made = tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent)
            for name, text in {**self.files, _README: self.text()}.items():
                file = Path(made) / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            Path(made).chmod(0o777 & ~_mask())
            if place.is_dir():
                place.rmdir()  # an empty one
            Path(made).replace(place)
            made = None
        except OSError as wrong:
            raise cannot_write(f"`{place}` cannot be written to: {wrong.strerror or wrong}") from wrong
        finally:
            if made is not None:
                rmtree(made, ignore_errors=True)


def check_new(folder: Path) -> None:
    """Raise SpecError if the folder is there and holds something, or lies in a law: before the work, and not
    after it.
    """
    check_outside_laws(folder)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise cannot_write(f"`{folder}` is there already, and is not a folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise cannot_write(f"`{folder}` is there already; name a new folder")


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
