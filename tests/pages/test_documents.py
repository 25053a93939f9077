"""The pages for people say what is so: files and tests that they name are there, and lists are whole."""

from __future__ import annotations

import ast
import pkgutil
import re
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import get_args

import pytest

from checker.commands.group import redline
from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.model import claim as c
from checker.model import expressions as e
from checker.rooms.lint.finding import KINDS, Kind
from tests.support.matches import classes, matches
from tests.support.places import ROOT, TESTS

FOLDERS = ("spec", "properties", "checker")
PAGES = sorted([*ROOT.glob("*.md"), *(page for each in FOLDERS for page in (ROOT / each).rglob("*.md"))])
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:checker|tests|spec|properties|benchmarks)/[\w./-]*)(?:::(\w+))?`")
RUN = 'if __name__ == "__main__":'
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"^(?P<mark>`{3,}|~{3,}).*?^(?P=mark)|^ {4}.*?$", re.MULTILINE | re.DOTALL)


def _named(path: Path) -> set[str]:
    return {each.name for each in ast.parse(path.read_text(encoding="utf-8")).body if hasattr(each, "name")}


def test_every_link_leads_somewhere() -> None:
    """A link within the repository names a page or a folder that is there."""
    texts = {page: CODE.sub("", page.read_text(encoding="utf-8")) for page in PAGES}
    links = [(page, each) for page, text in texts.items() for each in LINK.findall(text) if "://" not in each]
    assert [(page, each) for page, each in links if not (page.parent / each).exists()] == []


def test_files_and_tests_that_are_named_are_there() -> None:
    """Who follows a row of CONTRIBUTING.md finds the place, and the test that watches over it."""
    found = PATH.findall(CONTRIBUTING)
    assert len(found) > 80
    assert [path for path, _ in found if not (ROOT / path).exists()] == []
    assert [(path, test) for path, test in found if test and test not in _named(ROOT / path)] == []


def test_what_comments_name_of_the_checker_is_there() -> None:
    """A comment or docstring that sends a reader to a module or a name in it sends them to something."""
    named = {
        (path.name, found)
        for path in sorted((ROOT / "checker").rglob("*.py"))
        for found in re.findall(r"`(checker(?:\.\w+)+)`", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 5
    for where, name in sorted(named):
        assert pkgutil.resolve_name(name) is not None, f"{where} names {name}"


def test_the_map_names_places_in_full() -> None:
    """Each module in ARCHITECTURE.md has its package, and is there."""
    text = (ROOT / "checker" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.(?:py|lark))`", text)
    assert len(named) > 40
    assert [each for each in named if not _is_there(each)] == []


def _is_there(named: str) -> bool:
    """Whether a place of the map is there: one of the checker, or one that is named with its folder."""
    return any(place.is_file() for place in (ROOT / "checker" / named, ROOT / named))


def _told_by_mypy(row: str) -> set[str]:
    (line,) = (each for each in CONTRIBUTING.splitlines() if f"<!-- {row} -->" in each)
    assert f"{len(PATH.findall(line))} files" in line
    return {path for path, _ in PATH.findall(line)}


@pytest.mark.parametrize(
    ("row", "unions"),
    [
        pytest.param("expression", (e.Formula, s.Expr), marks=pytest.mark.thorough),
        ("claim", (c.Statement, st.StatementSyntax)),
        ("declaration", (d.Declaration,)),
    ],
)
def test_the_places_that_mypy_tells_of_are_all_there_are(row: str, unions: tuple[UnionType, ...]) -> None:
    """Every module with a `match` over all members of a union is in the row, and no other."""
    members = [{each.__name__ for each in get_args(union)} for union in unions]
    found = {
        f"checker/{module}"
        for module, _, match in matches()
        if any(each <= set().union(*map(classes, match.cases)) for each in members)
        and "assert_never" in ast.unparse(match.cases[-1])
    }
    assert _told_by_mypy(row) == found


def test_the_forms_that_bind_are_known() -> None:
    """What a form binds is no name of the law, and what it says of sorts may make them circular: `names_in`,
    `_Walker` and `free_variables` know these forms one by one. Teach them yours, and name it here.
    """
    binding = {
        form.__name__
        for form in get_args(s.Expr)
        if any("Binder" in str(field.type) for field in fields(form))
    }
    assert binding == {"Quantifier", "Counted"}


def test_every_test_is_in_the_table() -> None:
    """Each folder of tests is listed once, and each package of the checker has one of its name."""
    table = CONTRIBUTING.partition("## Where the tests of a module are")[2].partition("\n## ")[0]
    first = re.findall(r"^\| (`tests/.*?) \|", table, re.MULTILINE)
    listed = re.findall(r"`tests/(\w+)/`", " ".join(first))
    files = [path.relative_to(TESTS) for path in TESTS.rglob("*.py")]
    assert sorted(listed) == sorted({path.parts[0] for path in files if len(path.parts) > 1})
    assert [path for path in files if len(path.parts) == 1 and path.name.startswith("test_")] == []
    packages = {path.parent.name for path in (ROOT / "checker").glob("*/__init__.py")}
    assert len(packages) > 10
    assert packages <= {path.parts[0] for path in files if path.name.startswith("test_")}


def test_every_command_of_the_tests_is_told() -> None:
    """Each module of tests that is run by itself is in the table of long commands."""
    modules = (path for path in TESTS.glob("*.py") if not path.stem.startswith("test_"))
    own = {path.stem for path in modules if RUN in path.read_text(encoding="utf-8")}
    own |= {path.parent.name for path in TESTS.glob("*/__main__.py")}
    told = set(re.findall(r"python -m tests\.(\w+)", CONTRIBUTING))
    assert told <= own
    assert own - told == set()


def test_every_kind_of_lint_is_told() -> None:
    """Reports have a heading for every kind, and the page a row."""
    page = (ROOT / "spec" / "lint.md").read_text(encoding="utf-8")
    assert KINDS.keys() == set(get_args(Kind))
    assert [each for each in KINDS if f"\n| `{each}` |" not in page] == []


def test_every_command_has_its_module_and_its_row() -> None:
    """What `redline --help` lists can be run, and stands in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    with redline.make_context("redline", [], resilient_parsing=True) as context:
        names = redline.list_commands(context)
        assert [name for name in names if redline.get_command(context, name) is None] == []
    assert [name for name in names if not re.search(rf"^\| `redline {name}\b", readme, re.MULTILINE)] == []


def test_every_page_is_in_the_index() -> None:
    """Who looks for a page of the law, or about a command, finds it (or its folder) in one of two tables."""
    indexes = (ROOT / "README.md", ROOT / "spec" / "README.md")
    linked = {
        (index.parent / target).resolve()
        for index in indexes
        for target in LINK.findall(index.read_text(encoding="utf-8"))
    }
    pages = {page for page in (ROOT / "spec").rglob("*.md") if page not in indexes}
    assert sorted(str(page) for page in pages if not {page, page.parent} & (linked - {ROOT / "spec"})) == []


def test_the_glossary_has_each_word_once() -> None:
    """In the order of the alphabet, a sentence and a page for each."""
    page = (ROOT / "spec" / "glossary.md").read_text(encoding="utf-8")
    _, *parts = page.split("\n## ")
    assert parts
    for part in parts:
        rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| \[[^\]]+\]\([^)]+\) \|$", part, re.MULTILINE)
        words = [word.casefold() for word, _ in rows]
        assert len(rows) == len(re.findall(r"^\| ", part, re.MULTILINE)) - 1
        assert words == sorted(set(words))
        assert [word for word, meaning in rows if not re.fullmatch(r"[^.]+\.(\d[^.]*\.)*", meaning)] == []
