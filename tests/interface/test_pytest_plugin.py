"""The plugin of pytest: claims as items, silent unless it is asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from junitparser import JUnitXml, Properties

from tests.support.surprises import surprising

SLOW = ("hypothesispytest", "anyio", "xdist", "unraisableexception")  # to load; the last one, to end
ALONE = (*SLOW, "pytest-lsp")  # which fails if an item is no function
OFF = (*(each for name in ALONE for each in ("-p", f"no:{name}")), "-q", "--import-mode=importlib")
SETTINGS = '[tool.redline]\nquick = true\n[tool.pytest.ini_options]\ntestpaths = ["mine"]\n'
ITEMS = [
    "properties/claims.md::holders-live-there::old",
    "properties/claims.md::holders-live-there::new",
    "properties/claims.md::permits-happen::old",
    "properties/claims.md::permits-happen::new",
    "properties/claims.md::the-holder-can-give-it-away::old",
    "properties/claims.md::the-holder-can-give-it-away::new",
]


class Recorder:
    """Remembers what a run of pytest collects and reports."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.outcomes: dict[str, str] = {}
        self.told: list[str] = []
        self.broken: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items += [each.nodeid for each in session.items]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(str(report.longrepr))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.outcomes[report.nodeid] = report.outcome
            self.told += [report.longreprtext] if report.failed else []


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a law of which one verdict is not as expected, and a test of its own."""
    surprising(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "test_mine.py").write_text("def test_mine():\n    pass\n")
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    return tmp_path


def _run(*arguments: str) -> tuple[int, Recorder]:
    recorder = Recorder()
    return int(pytest.main([*OFF, *arguments], plugins=[recorder])), recorder


def test_every_claim_in_every_column_is_an_item(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They join the project's own tests; the one that is not as expected fails with its sentence and story,
    and JUnit has its properties.
    """
    code, found = _run("--junitxml=junit.xml")
    assert code == 1
    assert found.items == ["mine/test_mine.py::test_mine", *ITEMS]
    failed = [name for name, outcome in found.outcomes.items() if outcome != "passed"]
    assert failed == ["properties/claims.md::holders-live-there::new"]
    (told,) = found.told
    assert told.startswith(
        "Claim 1, holders-live-there, in new: refuted, but proved was expected: "
        "Whoever is given a permit lives in the street."
    )
    assert "exempt from" in told
    assert "Traceback" not in capsys.readouterr().out
    cases = [case for suite in JUnitXml.fromfile(str(project / "junit.xml")) for case in suite]
    (case,) = (
        each
        for each in cases
        if (each.classname, each.name) == ("properties.claims.md.holders-live-there", "new")
    )
    properties = {each.name: each.value for each in case.child(Properties)}
    assert properties["verdict"] == "refuted"
    assert properties["sentence"] == "Whoever is given a permit lives in the street."


@pytest.mark.usefixtures("project")
def test_items_are_chosen_as_all_others() -> None:
    """By a word of the name, by the mark, by a page, and as what failed last."""
    assert _run("-k", "permits-happen and old")[1].items == ["properties/claims.md::permits-happen::old"]
    assert _run("-m", "not redline")[1].items == ["mine/test_mine.py::test_mine"]
    assert _run("mine/test_mine.py")[1].items == ["mine/test_mine.py::test_mine"]
    assert _run("properties/claims.md", "--collect-only")[1].items == ITEMS
    one = "properties/claims.md::holders-live-there::new"
    assert _run(one)[1].outcomes == {one: "failed"}
    assert _run("--lf")[1].items == [one]


def test_a_broken_law_is_one_error(project: Path) -> None:
    """Its diagnostics are told once, with the line and what was meant; no claim is an item."""
    spec = project / "spec" / "permits.md"
    spec.write_text(spec.read_text().replace("requires lives(sender", "requires live(sender"))
    (project / "properties" / "more.md").write_text("# More\n")
    code, found = _run()
    assert code == 2
    (told,) = found.broken
    assert "did you mean `lives`?" in told
    assert found.outcomes == {}


def test_without_the_table_nothing_is_collected(project: Path) -> None:
    """The plugin stays silent where nobody asks for it, and `--redline` asks as well as the table does."""
    (project / "pyproject.toml").write_text('[tool.pytest.ini_options]\ntestpaths = ["mine"]\n')
    assert _run("--collect-only")[1].items == ["mine/test_mine.py::test_mine"]
    assert _run("--collect-only", "--redline", "--redline-version", "old", "--redline-quick")[1].items == [
        "mine/test_mine.py::test_mine",
        *(each for each in ITEMS if each.endswith("old")),
    ]
    (project / "pyproject.toml").write_text(SETTINGS.replace("quick = true", "pytest = false"))
    assert _run("--collect-only")[1].items == ["mine/test_mine.py::test_mine"]


def test_settings_that_are_not_understood_are_refused(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A misspelt key leaves nothing out in silence."""
    (project / "pyproject.toml").write_text("[tool.redline]\nversion = 'new'\n")
    assert _run("--collect-only")[0] == 4
    assert "`version = 'new'` is not understood" in capfd.readouterr().err


def test_it_costs_nothing_where_it_is_not_asked() -> None:
    """Loading the plugin loads pytest, which is there, and no module of the checker but its own."""
    program = (
        "import pytest, sys; before = set(sys.modules); import checker.pytest_plugin; "
        "print(sorted(set(sys.modules) - before))"
    )
    found = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True)
    loaded = {each for each in found.stdout[1:-2].replace("'", "").split(", ") if "tomllib" not in each}
    assert loaded == {"checker", "checker.pytest_plugin"}


@pytest.mark.long
def test_processes_share_the_items(project: Path) -> None:
    """With xdist each item is decided once, with the same outcomes."""
    words = ("-m", "pytest", "-q", "-n", "2", "--junitxml=junit.xml")
    found = subprocess.run((sys.executable, *words), cwd=project, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "1 failed, 6 passed" in found.stdout
