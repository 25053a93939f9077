"""The numbers that a law or claim writes, and those next to them: all that is worth trying of a quantity."""

from __future__ import annotations

from checker.model.expressions import Sort, Value
from checker.model.made_of import within_law
from checker.model.model import Model


def thresholds(model: Model, sort: Sort, *also: object) -> tuple[int, ...]:
    """The numbers of a quantity that the model's rules and tables, and other parts of the law or a claim,
    write; in smallest units, in ascending order.
    """
    found: set[int] = set()
    for part in within_law(model, *also):
        if isinstance(part, Value) and part.sort == sort:
            found.add(int(part.name))
    for function in model.functions.values():
        if function.table is not None and function.result == sort:
            found |= {int(each) for each in function.table.entries.values() if isinstance(each, str)}
    return tuple(sorted(found))


def around(written: tuple[int, ...]) -> tuple[int, ...]:
    """These numbers and nothing, each with the next smaller and the next larger one, in ascending order."""
    return tuple(sorted({near for each in (0, *written) for near in (each - 1, each, each + 1)}))
