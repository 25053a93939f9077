"""Looks at the place that redline runs in: programs and their versions, processors, folders, the law at hand.

Nothing that may be broken is loaded before it is looked at.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from checker.exits import AS_EXPECTED, BAD_USAGE
from checker.interface.installed import installed_version
from checker.prove.processors import usable_processors
from checker.results.examined import Examination, Examined, State

_PROVED: Final = """(set-logic ALL) (declare-sort S 0) (declare-fun f (S) Bool) (declare-const a S)
(assert (forall ((x S)) (f x))) (assert (not (f a))) (check-sat)"""
_REFUTED: Final = "(set-logic ALL) (declare-const p Bool) (assert (not p)) (check-sat)"
_SECONDS: Final = 10.0  # for a solver to answer what it knows at once
_FOR: Final = {
    "certify": "re-check evidence with a second solver",
    "dask": "hand verdicts to a cluster",
    "data": "hold tables against the law",
    "hypothesis": "test your own system against the law",
    "lsp": "serve editors",
    "office": "write and read files of Word and Excel",
    "editors": "test the language server",
    "serve": "edit the law in a browser",
    "browser": "test the report in a browser",
    "test": "run redline's own tests",
    "dev": "change redline",
}
_SHOWN: Final = 3  # packages that an extra lacks; `pip` knows them all
_SOLVERS: Final = {"z3": "z3-solver", "cvc5": "cvc5"}
_REQUIRES: Final = re.compile(
    r"\s*(?P<name>[\w.-]+)\s*(?P<versions>[^;]*)(?:;.*\bextra\s*==\s*['\"](?P<extra>[\w-]+)['\"])?"
)
_BOUND: Final = re.compile(r"(?P<sign>>=|<=|<|>|!=|==)\s*(?P<version>[\w.]+)")
_GIB: Final = 1 << 30


def examine(
    spec: Path | None = None, properties: Path | None = None, terminal: Iterable[tuple[str, str]] = ()
) -> Examination:
    """Say what is there, what is lacking, and what does not work. `spec`, `properties`: as for `load`;
    `terminal`: names and values that the caller knows about where it prints.
    """
    found = (
        *_programs(),
        *_solvers(),
        *_machine(),
        *_extras(),
        *_law(spec, properties),
        *(_seen("Terminal", name, value) for name, value in terminal),
    )
    wrong = any(each.state == "wrong" for each in found)
    return Examination(exit=BAD_USAGE if wrong else AS_EXPECTED, looked_at=found)


def _seen(part: str, name: str, found: str, advice: str = "", state: State = "good") -> Examined:
    return Examined(part=part, name=name, found=found, state=state, advice=advice)


# ----------------------------------------------------------------- programs


def _programs() -> Iterator[Examined]:
    yield _seen("Programs", "Python", f"{platform.python_version()} on {platform.system()}, {sys.executable}")
    version, place = installed_version(), Path(__file__).resolve().parent.parent
    if version:
        yield _seen("Programs", "redline", f"{version} in {place}")
    else:
        advice = "pip install -e . in its folder"
        yield _seen("Programs", "redline", f"not installed, run from {place}", advice, "lacking")
    for name, versions, extra in _requirements():
        if not extra and name not in _SOLVERS.values():
            yield _package("Programs", name, versions)


def _requirements() -> Iterator[tuple[str, str, str]]:
    """Yield the packages that redline needs: name, versions, and the extra that needs it, or nothing."""
    try:
        needed = importlib.metadata.requires("redline") or []
    except importlib.metadata.PackageNotFoundError:
        needed = []
    for found in filter(None, map(_REQUIRES.match, needed)):
        yield found["name"], found["versions"].strip(), found["extra"] or ""


def _package(part: str, name: str, versions: str) -> Examined:
    has, advice = _version(name), f'pip install "{name}{versions}"'
    if not has:
        return _seen(part, name, "not installed", advice, "wrong")
    if not fits(has, versions):
        return _seen(part, name, f"{has}, and redline needs {versions}", advice, "wrong")
    return _seen(part, name, has)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def fits(version: str, versions: str) -> bool:
    """Whether a version is one of those that are needed, such as `<1.4,>=1.2`."""
    has = _numbers(version)
    for bound in _BOUND.finditer(versions):
        wanted = _numbers(bound["version"])
        length = max(len(has), len(wanted))
        mine, other = ((*each, *(0,) * (length - len(each))) for each in (has, wanted))
        held = {
            ">=": mine >= other,
            "<=": mine <= other,
            "<": mine < other,
            ">": mine > other,
            "==": mine == other,
            "!=": mine != other,
        }
        if not held[bound["sign"]]:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    release = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, release.group().split("."))) if release else ()


# ------------------------------------------------------------------ solvers


def _solvers() -> Iterator[Examined]:
    for name, package in _SOLVERS.items():
        versions = next((wanted for each, wanted, _ in _requirements() if each == package), "")
        if name != "z3" and not _version(package):
            advice = 'pip install "redline[certify]"'
            yield _seen(
                "Solvers", name, "not installed; `certify` needs it, or `--solver z3`", advice, "lacking"
            )
        elif _version(package) and not fits(_version(package), versions):
            yield _package("Solvers", package, versions)
        else:
            yield _solver(name)


def _solver(name: str) -> Examined:
    """What a solver says of two small questions, whose answers are known."""
    try:
        asked = importlib.import_module("checker.logic.script_solvers")
        answers = tuple(asked.SOLVERS[name](text, _SECONDS) for text in (_PROVED, _REFUTED))
        version: str = asked.version_of(name)
    except Exception as wrong:
        return _seen("Solvers", name, f"cannot be used: {wrong}", f"install {_SOLVERS[name]} again", "wrong")
    if answers != ("unsat", "sat"):
        said = f"{version} says {answers[0]} and {answers[1]}, where unsat and sat are right"
        return _seen("Solvers", name, said, "install another version", "wrong")
    return _seen("Solvers", name, f"{version}, proves and refutes")


# ------------------------------------------------------------------ machine


def _machine() -> Iterator[Examined]:
    usable, all_of_them = usable_processors(), os.cpu_count() or 1
    more = "" if usable == all_of_them else f" of {all_of_them}, by affinity or quota"
    yield _seen("Machine", "processors", f"{usable} usable{more}")
    memory = _memory()
    yield _seen("Machine", "memory", f"{memory / _GIB:.1f} GiB" if memory else "not known")
    yield _cache()


def _memory() -> int:
    """How many bytes there are for us: of the machine, or of the container."""
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return total
    return min(total, int(limit)) if limit.isdigit() else total


def _cache() -> Examined:
    folder = importlib.import_module("checker.interface.shelf").default_path().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as wrong:
        why = (wrong.strerror or "no reason given").lower()
        advice = "verdicts are not kept for the next run"
        return _seen("Machine", "cache", f"{folder} cannot be written: {why}", advice, "lacking")
    return _seen("Machine", "cache", f"{folder}, can be written")


# ------------------------------------------------------------ extras and law


def _extras() -> Iterator[Examined]:
    extras: dict[str, list[tuple[str, str]]] = {}
    for name, versions, extra in _requirements():
        if extra:
            extras.setdefault(extra, []).append((name, versions))
    for extra, needed in sorted(extras.items()):
        lacking = [name for name, versions in needed if not fits(_version(name) or "0", versions)]
        purpose = f"to {_FOR[extra]}"
        if lacking:
            advice = f'pip install "redline[{extra}]"'
            shown = ", ".join(lacking[:_SHOWN])
            more = f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
            yield _seen("Extras", extra, f"{purpose}: without {shown}{more}", advice, "lacking")
        else:
            yield _seen("Extras", extra, f"{purpose}: installed")


def _law(spec: Path | None, properties: Path | None) -> Iterator[Examined]:
    from checker.interface.loaded_law import find_folders
    from checker.language.diagnostics import SpecError

    try:
        places = find_folders(spec, properties)
    except SpecError as wrong:
        yield _seen("Law", "folders", wrong.diagnostics[0].message, "redline init DIRECTORY", "wrong")
        return
    here = " of the law that comes with redline" if places.shipped else ""
    for name, folder in (("spec", places.spec), ("properties", places.properties)):
        pages = len([*folder.rglob("*.md")])
        found = f"{folder}, {pages} page{'' if pages == 1 else 's'}{here}"
        if pages:
            yield _seen("Law", name, found)
        else:
            yield _seen("Law", name, found, "redline init DIRECTORY", "wrong")
