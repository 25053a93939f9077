"""The structure that a newcomer relies on: one direction, small modules, one place that prints."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import networkx as nx

from tests.support.places import ROOT

CHECKER = ROOT / "checker"
MODULES = sorted(CHECKER.rglob("*.py"))

# Each package may use those before it, and itself.
ORDER = (
    "language",
    "model",
    "regime",
    "logic",
    "question",
    "trusted",
    "explore",
    "blame",
    "prove",
    "story",
    "report",
    "evidence",
    "tla",
    "results",
    "office",
    "data",
    "interface",
    "rooms",
    "html",
    "formats",
    "editor",
    "lsp",
    "workbench",
    "commands",
)
LONGEST = 410
PAGE = CHECKER.parent / "spec" / "evidence.md"
WHOLE = ("language", "regime", "question")  # trusted as a whole, beside what trusted/ has
VISITS = {("cover", "diff"), ("cases", "rollout")}  # which room looks into which


def _package(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "checker" and parts[1] in ORDER else None


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> list[str]:
    tree = _parsed(path)
    found = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    return found + [name.name for node in plain for name in node.names]


def _of_later_stages(path: Path) -> list[str]:
    """What a module imports that comes after it."""
    here = path.relative_to(CHECKER).parts[0]
    later = ORDER[ORDER.index(here) + 1 :] if here in ORDER else ()
    return [name for name in _imports(path) if _package(name) in later]


def test_imports_go_one_way() -> None:
    """From Markdown to commands, nobody imports from a later stage."""
    assert {path: found for path in MODULES if (found := _of_later_stages(path))} == {}


def test_modules_are_short() -> None:
    """Nobody gets lost in a file."""
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: count for path, count in lines.items() if count > LONGEST} == {}


def test_only_commands_print() -> None:
    """Engines and reports return values; output has one place."""
    printing = [
        path
        for path in MODULES
        for node in ast.walk(_parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printing


def test_commands_are_clients_of_the_interface() -> None:
    """Whatever a command does can be done from Python: commands read options, show progress, and print.

    They may use what answers are and how pages are laid out, choices and the version (which load nothing),
    and how diagnostics and letters are shown.
    """
    allowed = re.compile(
        r"checker|checker\.(api|cli|documents|exits|holding|serving|commands(\..+)?|results(\..+)?"
        r"|interface\.(choices|installed)"
        r"|language\.(diagnostics|invisible_characters|render_diagnostics|document)"
        r"|report\.(paper|colour|json_documents|told_stories)|rooms\.rollout\.text|formats\.write|lsp\.create)"
    )
    used = {
        (path.name, name)
        for path in MODULES
        if path.relative_to(CHECKER).parts[0] == "commands"
        for name in (*_imports(path), *_by_name(path))
        if name.split(".")[0] == "checker"
    }
    assert len(used) > 30
    assert sorted(each for each in used if not allowed.fullmatch(each[1])) == []


def _by_name(path: Path) -> list[str]:
    """The modules that are loaded by their names."""
    strings = (node.value for node in ast.walk(_parsed(path)) if isinstance(node, ast.Constant))
    return [each for each in strings if isinstance(each, str) and re.fullmatch(r"checker(\.\w+)+", each)]


def test_only_the_logic_speaks_to_the_solver() -> None:
    """Z3 is known in seven modules: one calls it, one builds its terms, four ask, and one reads scripts."""
    users = {path.name for path in MODULES if "z3" in _imports(path)}
    assert users == {
        "calendar_in_solvers.py",
        "incremental.py",
        "script_solvers.py",
        "solver.py",
        "further_questions.py",
        "z3_calls.py",
        "z3_terms.py",
    }


def test_nothing_is_silenced() -> None:
    """No lint or type error is switched off in place."""
    marks = ("# no" + "qa", "type: " + "ignore", "TO" + "DO", "FIX" + "ME")
    assert not [path for path in MODULES if any(mark in path.read_text(encoding="utf-8") for mark in marks)]


# ---------------------------------------------------------- what is trusted


def _used_by(name: str) -> Iterator[str]:
    """The modules of the checker that a module imports, anywhere in it, as paths in `checker/`."""
    tree = _parsed(CHECKER / name)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "checker":
            place = "/".join(node.module.split(".")[1:])
            within = (f"{place}/{each.name}.py" for each in node.names)
            yield from (each for each in (f"{place}.py", *within) if (CHECKER / each).is_file())


def _rests_on(roots: Iterable[str]) -> set[str]:
    """The modules, and all that they import, directly or through others."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _used_by(name)
    return found


def _modules(*packages: str) -> set[str]:
    """The modules of packages, as paths in `checker/`."""
    found = (path for each in packages for path in (CHECKER / each).rglob("*.py"))
    return {str(path.relative_to(CHECKER)) for path in found if path.name != "__init__.py"}


def _listed(start: str, end: str) -> set[str]:
    """The modules that the page names between two passages; `name/` stands for all of a package."""
    text = PAGE.read_text(encoding="utf-8")
    text = text[text.index(start) : text.index(end)]
    return set(re.findall(r"`([a-z]+/[a-z0-9_]+\.py)`", text)) | _modules(*re.findall(r"`([a-z]+)/`", text))


def test_what_is_trusted_is_listed() -> None:
    """The list is what trusted/ and the reader have, and all that these import, whatever through."""
    trusted = _listed("## What must be trusted", "`certify` adds")
    alone = _listed("If you rely on", "Not trusted, though")
    only_imported = _listed("Not trusted, though", "Not trusted and imported")
    own = _modules("trusted", *WHOLE)
    assert _rests_on([*own, "logic/smtlib.py"]) == trusted | alone | only_imported
    assert own <= trusted
    assert not trusted & alone
    assert not trusted & only_imported


def test_the_search_is_not_trusted() -> None:
    """No trusted module imports what finds stories and strategies."""
    searching = _listed("Not trusted and imported", "## The folder")
    assert _modules("prove", "explore") <= searching
    assert all((CHECKER / each).is_file() for each in searching)
    assert not searching & _rests_on(_modules("trusted"))


def test_what_certify_trusts_besides_is_listed() -> None:
    """Everything by which `certify` reads a folder is listed, and what asks the solvers."""
    found = _rests_on(["evidence/recheck_folder.py", "evidence/missing_entries.py", "evidence/folder.py"])
    reading = {each for each in found if each.startswith("evidence/")}
    asking = _modules("blame") | {"logic/script_solvers.py"}
    assert asking <= found
    assert _listed("`certify` adds", "If you rely on") == reading | asking


def test_the_list_can_be_wrong() -> None:
    """A module that nobody listed would be found: what a prover imports is more than what is trusted."""
    assert "prove/search.py" in _rests_on(["prove/decide.py"])


# ----------------------------------------------------------------- circles


def _circles(uses: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The modules that import each other, directly or through others, circle by circle."""
    graph: nx.DiGraph[str] = nx.DiGraph((name, used) for name, found in uses.items() for used in found)
    return sorted(sorted(each) for each in nx.strongly_connected_components(graph) if len(each) > 1)


def test_no_modules_import_each_other() -> None:
    """Whoever reads a module finds below it whatever it speaks of: imports that only annotations need, and
    those that a function makes when it is called, are imports too.
    """
    uses = {name: set(_used_by(name)) for name in _modules(".")}
    assert sum(map(len, uses.values())) > len(uses) > 500
    assert _circles(uses) == []


def test_an_import_for_an_annotation_closes_a_circle() -> None:
    """Duties have items, and a law has duties: if duties took their items from the law, that would show."""
    uses = {name: set(_used_by(name)) for name in _modules("model")}
    assert "model/duty.py" in uses["model/model.py"]
    uses["model/duty.py"].add("model/model.py")
    assert _circles(uses) == [["model/duty.py", "model/model.py"]]


# ------------------------------------------------------------------- rooms


def _visited(path: Path) -> set[str]:
    """The rooms that a module imports from; what rooms share stands beside them."""
    parts = (name.split(".") for name in _imports(path))
    named = {part[2] for part in parts if part[:2] == ["checker", "rooms"] and len(part) > 2}
    return {each for each in named if (CHECKER / "rooms" / each).is_dir()}


def test_rooms_do_not_import_each_other() -> None:
    """Each answers for itself; one looks into another, and that is known."""
    rooms = [each for each in (CHECKER / "rooms").iterdir() if (each / "__init__.py").exists()]
    found = {(room.name, each) for room in rooms for path in room.rglob("*.py") for each in _visited(path)}
    assert {(one, other) for one, other in found if one != other} == VISITS


def test_every_package_has_its_place() -> None:
    """A package that the order does not know could import anything."""
    assert {path.parent.name for path in CHECKER.glob("*/__init__.py")} == set(ORDER)
