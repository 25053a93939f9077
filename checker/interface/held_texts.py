"""The texts of a law that is held: as its folders have them, or as they are being edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from checker.interface.loaded_law import Folders
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.spec_files import is_page, texts_in
from checker.results.files import PROPERTIES, SPEC


@dataclass(frozen=True, slots=True)
class HeldTexts:
    """The files of a law and of its claims, by the names that diagnostics give them.

    `places`: the folders that they are from; None if they were given.
    """

    spec: Mapping[str, str]
    properties: Mapping[str, str]
    places: Folders | None = None

    @classmethod
    def of_folders(cls, places: Folders) -> HeldTexts:
        """What the folders have now. Raises SpecError."""
        return cls(_in_folder(places.spec), _in_folder(places.properties), places)

    def edited(self, files: Mapping[str, str | None]) -> HeldTexts:
        """The same with these files, and without those that are None. Raises SpecError for a name that
        belongs to neither the law nor the claims.
        """
        spec, properties = dict(self.spec), dict(self.properties)
        for name, text in files.items():
            owner = properties if self._is_of_claims(name, named=text is not None) else spec
            if text is None:
                owner.pop(name, None)
            else:
                owner[name] = text
        if (spec, properties) == (self.spec, self.properties):
            return self
        if self.places is not None:  # in the order in which the folders would be read
            spec, properties = (
                {name: texts[name] for name in sorted(texts, key=Path)} for texts in (spec, properties)
            )
        return replace(self, spec=spec, properties=properties)

    @property
    def named(self) -> dict[str, str]:
        """The files, by names that say whether they are of the law or of its claims, not where they are."""
        found: dict[str, str] = {}
        folders = (None, None) if self.places is None else (self.places.spec, self.places.properties)
        for kind, folder, texts in zip(
            (SPEC, PROPERTIES), folders, (self.spec, self.properties), strict=True
        ):
            for name, text in texts.items():
                short = name if folder is None else Path(name).relative_to(folder).as_posix()
                found[f"{kind}/{short}"] = text
        return found

    def _is_of_claims(self, name: str, *, named: bool) -> bool:
        if name in self.spec or name in self.properties:
            return name in self.properties
        if self.places is None:
            return False
        path = Path(name)
        for folder, of_claims in ((self.places.properties, True), (self.places.spec, False)):
            if folder in path.parents and (is_page(name) or not named):
                return of_claims
        message = f"`{name}` is neither a page of the law nor one of its claims"
        expected = tuple(f"a page `{folder}/….md`" for folder in (self.places.spec, self.places.properties))
        raise SpecError((Diagnostic("no-such-file", message, None, expected),))


def _in_folder(folder: Path) -> dict[str, str]:
    return {str(path): text for path, text in texts_in(folder).items()}
