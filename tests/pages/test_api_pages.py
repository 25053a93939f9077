"""The examples of spec/python.md and of docstrings are run, and so is the notebook."""

from __future__ import annotations

import doctest
import re
from functools import cache

import nbformat
import pytest
from nbclient import NotebookClient

from checker import api
from tests.support.params import with_long
from tests.support.places import ROOT

NOTEBOOK = ROOT / "examples" / "first-hour.ipynb"
PAGE = ROOT / "spec" / "python.md"


SECTIONS = re.split(r"^(?=## )", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)


SLOW = ("## Find safe orders",)  # of a roll-out that `tests/rooms/rollout` asks about, too


@cache
def ran(number: int) -> tuple[doctest.TestResults, dict[str, object]]:
    """What the examples of a section come to, after those before it that are no slow ones, and the names that
    they leave.
    """
    before = [each for each in range(number) if not SECTIONS[each].startswith(SLOW)]
    names = dict(ran(before[-1])[1]) if before else {}
    examples = doctest.DocTestParser().get_doctest(SECTIONS[number], names, f"section {number}", str(PAGE), 0)
    found = doctest.DocTestRunner().run(examples, clear_globs=False)
    return found, examples.globs


@pytest.mark.parametrize(
    "number",
    with_long(range(len(SECTIONS)), lambda number: SECTIONS[number].startswith(SLOW)),
)
def test_the_page_says_what_happens(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of a section of spec/python.md give what is printed below them."""
    monkeypatch.chdir(ROOT)
    assert ran(number)[0].failed == 0


def test_the_page_has_examples() -> None:
    """There are as many as a reader needs, so that the sections above say something."""
    assert sum(len(doctest.DocTestParser().get_examples(section)) for section in SECTIONS) > 30


def test_the_docstring_says_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """So do those in docstrings of the interface."""
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(api)
    assert (found.failed, found.attempted > 3) == (0, True)


@pytest.mark.thorough
def test_the_notebook_runs_and_is_kept_as_run() -> None:
    """Each cell still says what is kept under it, in the folder in which Jupyter runs it."""
    kept = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(kept)
    run = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(
        run, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    cells = [(was, now) for was, now in zip(kept.cells, run.cells, strict=True) if was.cell_type == "code"]
    assert len(cells) > 5
    for was, now in cells:
        assert [_said(each) for each in was.outputs] == [_said(each) for each in now.outputs]


def _said(output: nbformat.NotebookNode) -> object:
    """What a cell says, in text and in HTML."""
    assert output.output_type in ("execute_result", "display_data", "stream"), output
    if output.output_type == "stream":
        return output.text
    return output.data.get("text/html", output.data.get("text/plain"))
