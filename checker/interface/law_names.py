"""The names of a law, for completion at a terminal: quick, since a person waits for each."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Final

import msgspec

from checker.interface.installed import installed_version
from checker.interface.loaded_law import Folders, find_folders
from checker.interface.shelf import default_path
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.results.law_names import LawNames

_FILE: Final = "names.json"


class _Kept(msgspec.Struct, frozen=True):
    """The names of the law last asked about, and what its files were then."""

    state: str
    names: LawNames


def law_names(spec: Path | None = None, properties: Path | None = None, *, keep: bool = True) -> LawNames:
    """The names in the law of these folders, which are those that `load` would read. `keep`: for the next
    time, in the user's cache folder; they are taken from there as long as no page is another.

    Raises SpecError for a law that has a mistake.
    """
    places = find_folders(spec, properties)
    state = _state(places)
    file = default_path().parent / _FILE
    if keep:
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            kept = msgspec.json.decode(file.read_bytes(), type=_Kept)
            if kept.state == state:
                return kept.names
    found = _names(places)
    if keep:
        with contextlib.suppress(OSError):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = file.with_suffix(f".{os.getpid()}")
            beside.write_bytes(msgspec.json.encode(_Kept(state, found)))
            beside.replace(file)
    return found


def _state(places: Folders) -> str:
    """A digest of the pages and of redline: another one if a page was saved."""
    told = hashlib.sha256(installed_version().encode())
    for folder in (places.spec, places.properties):
        for page in sorted(folder.rglob("*.md")):
            try:
                found = page.stat()
            except OSError as wrong:
                raise SpecError(()) from wrong
            told.update(f"{page.resolve()}\0{found.st_mtime_ns}\0{found.st_size}\n".encode(errors="replace"))
    return told.hexdigest()


def _names(places: Folders) -> LawNames:
    from checker.regime.load import load_regime

    regime = load_regime(places.spec, places.properties)
    model = regime.model(Column(list(regime.versions)[-1]))
    suppositions = regime.suppositions
    values = {x.name: tuple(x.sort.values) for x in model.request if x.sort.is_enum}
    return LawNames(
        claims={each.name: each.sentence for each in regime.claims},
        numbers={each.number: each.sentence for each in regime.claims},
        columns={
            **{name: each.label for name, each in regime.versions.items()},
            **{name: each.sentence for name, each in regime.deployments.items()},
        },
        premises={name: x.sentence for name, x in suppositions.items() if x.kind == "premise"},
        parameters={each.name: f"a {each.sort.name}" for each in model.request},
        values=values,
        places={each.name: f"a {each.result.name}" for each in model.functions.values()},
    )
