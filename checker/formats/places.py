"""Files as CI names them: from the folder of the repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Root:
    """The folder that file names begin at."""

    folder: Path

    @classmethod
    def around(cls, place: Path) -> Root:
        """The repository around a folder, else the folder itself."""
        here = place.resolve()
        return cls(next((each for each in (here, *here.parents) if (each / ".git").exists()), here))

    def inside(self, file: str) -> str | None:
        """The name of a file from the root; None if it lies elsewhere."""
        path = Path(file)
        if path.is_absolute() and path.is_relative_to(self.folder):
            return path.relative_to(self.folder).as_posix()
        found = path.resolve()
        return found.relative_to(self.folder).as_posix() if found.is_relative_to(self.folder) else None

    def name(self, file: str) -> str:
        """The name of a file from the root if it lies there, else as it is given."""
        return self.inside(file) or file

    def uri(self, file: str) -> tuple[str, bool]:
        """The address of a file, and whether it begins at the root."""
        inside = self.inside(file)
        if inside is not None:
            return quote(inside, errors="surrogateescape"), True
        return f"file://{quote(Path(file).resolve().as_posix(), errors='surrogateescape')}", False
