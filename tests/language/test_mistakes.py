"""Every mistake in a specification gets one diagnostic, at its place, that helps."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.render_diagnostics import render
from checker.regime.load import load_regime
from tests.support.places import TESTS

BAD = TESTS / "cases" / "bad"
PRELUDE = "_prelude.md"
EXPECT = re.compile(r'<!-- expect: (?P<code>\S+) line (?P<line>\d+) "(?P<said>.*)" -->')
DEEP = 250


def cases() -> list[Path]:
    return sorted(path for path in BAD.glob("*.md") if path.name != PRELUDE)


@cache
def diagnose(case: Path) -> tuple[Diagnostic, ...]:
    """What is found wrong with a case, read together with the good prelude unless it stands alone."""
    data = case.read_bytes().replace(b"DEEP", b"(" * DEEP).replace(b"ENDS", b")" * DEEP)
    with TemporaryDirectory() as place:
        folder = Path(place)
        if b"<!-- alone -->" not in data:
            (folder / PRELUDE).write_bytes((BAD / PRELUDE).read_bytes())
        (folder / case.name).write_bytes(data)
        with pytest.raises(SpecError) as caught:
            load_regime(folder)
    return caught.value.diagnostics


def test_the_prelude_is_good() -> None:
    """The specification that the bad ones are read with has no mistake of its own."""
    assert len(load_regime(BAD / PRELUDE).claims) == 3


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.stem)
def test_one_diagnostic(case: Path) -> None:
    """A bad specification gets exactly the diagnostic that its first line promises."""
    first = case.read_bytes().split(b"\n", 1)[0].decode()
    expected = EXPECT.fullmatch(first)
    assert expected is not None, "a case says on its first line what it expects"
    found = diagnose(case)
    assert [(each.code, each.span and each.span.line) for each in found] == [
        (expected["code"], int(expected["line"]))
    ], [render(each, {}) for each in found]
    (only,) = found
    assert only.span is not None
    assert Path(only.span.file).name == case.name
    said = [only.message, f"did you mean `{only.nearest}`" if only.nearest else ""]
    said += [f"expected: {' or '.join(only.expected)}" if only.expected else ""]
    said += [f"note: {each}" for each in only.notes]
    for wanted in re.split(r", (?=did you mean)| (?=did you mean|expected:|note: )", expected["said"]):
        assert any(wanted in each for each in said), said


def test_rendering_fits() -> None:
    """A rendered diagnostic fits 80 columns, names the place and points at the source with carets."""
    for case in cases():
        (only,) = diagnose(case)
        assert only.span is not None
        text = case.read_bytes().decode("utf-8", "replace")
        lines = render(only, {only.span.file: text}).split("\n")
        place = f"{only.span.file}:{only.span.line}:{only.span.column}:"
        assert lines[0].startswith(place), lines
        assert all(len(line) <= 80 or line == place for line in lines), lines
        assert any("^" in line for line in lines), lines


def test_style_of_messages() -> None:
    """Messages are lower case, without a final period, and balanced in their backticks."""
    for said in (each.message for case in cases() for each in diagnose(case)):
        assert not said.endswith("."), said
        assert said[0] == "`" or not said[0].isupper(), said
        assert said.count("`") % 2 == 0, said


def test_a_mistake_that_an_edit_makes_elsewhere_names_the_version(tmp_path: Path) -> None:
    """What is wrong stands in the law as it was, and is right there: the edit takes something away."""
    prelude = (BAD / PRELUDE).read_text(encoding="utf-8")
    (tmp_path / PRELUDE).write_text(f"{prelude}\n```redline\nby M1 strike enrolment\n```\n", encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_regime(tmp_path)
    missing = [each for each in caught.value.diagnostics if "no check `enrolment`" in each.message]
    assert missing
    assert all("in version `now`" in each.notes for each in missing)
