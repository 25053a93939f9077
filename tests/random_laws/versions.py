"""How the second version of a random regime differs from the first, and which versions may be deployed."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.random_laws.checks import check_text
from tests.random_laws.lawmaker import Lawmaker
from tests.random_laws.modifications import CHANGES
from tests.random_laws.readings import reading

_NAME = re.compile(r"[\w-]+")


def redline(law: Lawmaker) -> None:
    """A second version, perhaps a third, readings, and mixtures of versions."""
    label = law.one((' "old"', ' "old"', ""))
    law.lines.append(f"version old{label}")
    law.lines.append(f"version new{label.replace('old', 'new')} is old with MOD")
    law.lines.append('modification MOD "mod"')
    for _ in range(law.chance.choice((1, 2, 2, 3))):
        _changed(law, "MOD", law.chance.choice(CHANGES))
    law.columns = ["old", "new", "new"]
    if law.maybe(0.2):
        _third(law)
    for name in ("red", "blue", "green"):
        if law.maybe(0.35):
            _read(law, name)
    _deployments(law)
    _columns(law)


def _changed(law: Lawmaker, by: str, change: Callable[[Lawmaker], str | None]) -> None:
    """What a modification does once; what stands in a quote goes with its quote."""
    found = change(law)
    if found is None:
        return
    head, rule = found.split("\n", 1) if "\n" in found else (found, "")
    if rule.startswith("> "):
        quote, fence = rule.split("```redline\n")
        law.lines.append(f"{quote}```redline\nby {by} {head}\n{fence}")
    else:
        law.lines.append(f"by {by} {found}")


def _third(law: Lawmaker) -> None:
    """A version with a second modification."""
    law.lines.append('modification EXTRA "extra"')
    change = f"insert after c0:\n{check_text(law, law.fresh('m'), [])}"
    law.checks_made.pop()
    _changed(law, "EXTRA", lambda _law: change)
    told = law.one(("old with MOD, EXTRA", "new with EXTRA", "old with EXTRA"))
    label = law.one((' "later"', ""))
    law.lines.append(f"version later{label} is {told}")
    law.columns.append("later")


def _read(law: Lawmaker, name: str) -> None:
    found = reading(law, name)
    if found is not None:
        law.lines.append(found)
        law.readings.append(name)


def _deployments(law: Lawmaker) -> None:
    if not law.maybe(0.6):
        return
    places = []
    for name, index in law.components:
        instances = law.enums.get(index, ()) if index and law.maybe() else ()
        places += [f"{name}[{each}]" for each in instances] or [name]
    first, second = law.chance.sample(("old", "new"), 2)
    told = ", ".join(f"{each} at {first if n == 0 else second}" for n, each in enumerate(places))
    law.lines.append(f'deployment mixed "mixed": {told}')
    law.deployments.append("mixed")
    law.columns += ["mixed", "mixed"]


def _columns(law: Lawmaker) -> None:
    """Columns of every kind: under readings, without suppositions, staged."""
    dropped = [*law.axioms_made, *law.adopted, *(name for name, _ in law.premises_made)]
    bases = ["old", "new", *law.deployments]
    for _ in range(3):
        base = law.one(bases)
        some = law.chance.sample(law.readings, law.chance.randint(0, len(law.readings)))
        under = f" under {' and '.join(some)}" if some else ""
        gone = law.chance.sample(dropped, min(len(dropped), law.chance.choice((0, 0, 1, 2, 3))))
        without = f" without {' and '.join(gone)}" if gone else ""
        staged = " staged" if law.staged and law.maybe(0.15) else ""
        law.columns.append(f"{base}{staged}{under}{without}")
    law.columns += [f"new under {each}" for each in law.readings]
