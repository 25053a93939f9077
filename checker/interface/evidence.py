"""Evidence of answers, written to a folder for `certify`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.evidence import folder
from checker.evidence.collect import collect
from checker.evidence.folder import write_folder
from checker.evidence.write import Bundle, manifest
from checker.interface.installed import installed_version
from checker.interface.loaded_law import LoadedLaw
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.results.answer import Watch, nobody


def check_target(law: LoadedLaw, place: Path) -> None:
    """Raise SpecError if evidence cannot be written there, or would be read as law."""
    law.check_outside(place, "evidence")
    folder.check_before(place)


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the `results` of a run. `regime`: the law that they are about, with what was
    asked.

    `added`: the text of claims that were asked besides those of the law; `former`: the law that they
    compare it with, and `origin`, where that was found; `readings`: the text of readings that were asked
    besides its own.
    """

    law: LoadedLaw
    regime: Regime
    results: tuple[Result, ...]
    processes: int
    added: str = ""
    former: Mapping[str, str] | None = None
    readings: str = ""
    origin: Mapping[str, str] | None = None

    def write(self, place: Path, watch: Watch = nobody) -> None:
        """Write it into a folder, whole or not at all. Raises SpecError."""
        check_target(self.law, place)
        found: dict[int, Bundle] = {}
        for count, number, bundle in collect(self.regime, self.results, self.processes):
            found[number] = bundle
            watch(len(found), count, "evidence")
        bundles = [found[number] for number in sorted(found)]
        told = (self.added, self.former, self.readings, self.origin)
        write_folder(place, manifest(installed_version(), self.law.sources(), bundles, *told))
