"""A command: which tests see a module.

    python -m tests.tests_of prove/grow_region.py

Prints the file that is named like the module, the files that import it or, if there are none, those that
import whatever uses it, and the mistakes that `python -m tests.mutants NAME` makes in it.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.catalogue import MUTANTS
from tests.mutants.mutant import Mutant
from tests.support.places import ROOT, TESTS

CHECKER = ROOT / "checker"


@dataclass(frozen=True, slots=True)
class Seen:
    """Who sees a module. `named`: the file of tests that has its name, if there is one; `importing`: files of
    tests that import it, or `through` what they import instead; `mistakes`: the mutants of it.
    """

    named: str | None
    importing: tuple[str, ...]
    through: tuple[str, ...]
    mistakes: tuple[str, ...]


def seen(module: str) -> Seen:
    """Who sees a module, which is a path in `checker/`."""
    place = Path(module)
    named = TESTS / place.parent / f"test_{place.name}"
    within = {str(path.relative_to(CHECKER)): _uses(path) for path in CHECKER.rglob("*.py")}
    tests = {str(path.relative_to(ROOT)): _uses(path) for path in TESTS.rglob("test_*.py")}
    met, ring = {module}, [module]
    while ring:
        importing = sorted(name for name, uses in tests.items() if not uses.isdisjoint(ring))
        if importing:
            break
        ring = sorted(name for name, uses in within.items() if not uses.isdisjoint(ring) and name not in met)
        met.update(ring)
    else:
        importing = []
    return Seen(
        str(named.relative_to(ROOT)) if named.exists() else None,
        tuple(importing),
        () if module in ring else tuple(ring),
        tuple(_mistake(each) for each in MUTANTS if each.file == module),
    )


def _mistake(mutant: Mutant) -> str:
    seen_by = f"  (to be seen by tests/{mutant.seen_by})" if mutant.seen_by else ""
    return f"{mutant.name}{seen_by}"


def _uses(path: Path) -> frozenset[str]:
    """The modules of the checker that a file imports, as paths in `checker/`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module)
    names = {(each.module or "", name.name) for each in found for name in each.names}
    return frozenset(
        _place(name)
        for module, within in names
        for name in (module, f"{module}.{within}")
        if name[:8] == "checker."
    )


def _place(name: str) -> str:
    return "/".join(name.split(".")[1:]) + ".py"


def told(found: Seen) -> Iterable[str]:
    """Yield lines that say who sees a module."""
    yield f"named like it: {found.named or 'no file of tests'}"
    through = f", through {', '.join(found.through)}" if found.through else ""
    yield f"importing it{through}:"
    yield from (f"  {each}" for each in found.importing or ("no file of tests",))
    yield "mistakes made in it on purpose:"
    yield from (f"  python -m tests.mutants {each}" for each in found.mistakes or ("(none)",))


def main() -> int:
    """Print who sees a module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("module", help="a path in checker/, such as prove/grow_region.py")
    module: str = parser.parse_args().module.removeprefix("checker/")
    if not (CHECKER / module).is_file():
        parser.error(f"there is no module {module} in checker/")
    sys.stdout.write("".join(f"{line}\n" for line in told(seen(module))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
