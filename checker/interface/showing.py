"""The law of a version with its meaning: what `show` does."""

from __future__ import annotations

from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.results.redlined import RedlinedLaw, Told, redlined_of


def show(law: LoadedLaw, version: str, against: str | None = None, command: str = "") -> RedlinedLaw:
    """Return the law of a version as redlined, or as changes of that of another."""

    def told(name: str) -> Told:
        column = atomic_column(law.regime, name)
        first = column.base
        while (parent := law.regime.versions[first].parent) is not None:
            first = parent
        texts = tuple(law.regime.texts[column.base])
        return Told(column, law.regime.model(column), texts, law.regime, first)

    options = ("--against", () if against is None else (against,))
    return redlined_of(
        told(version),
        command or law.command(("show", version), options),
        against=None if against is None else told(against),
        shipped=law.shipped,
    )
