"""Whatever redline is given, it loads or says what is wrong: a few hundred inputs, the same at every run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import command as hostile
from tests.hostile import judge as hostile_judge
from tests.hostile.commands import Line
from tests.hostile.folders import folders
from tests.hostile.inputs import Input, by_chance, laid, laws
from tests.support.params import with_long, with_thorough

COUNT = 150
PARTS = 10
SOME = 1  # parts that are not long
BROKEN = "```redline\nsort sort sort\n```\n"


@pytest.mark.parametrize(
    "part", [*with_thorough(range(SOME), lambda _: True), *with_long(range(SOME, PARTS), bool)]
)
def test_inputs_and_command_lines(part: int) -> None:
    """Deep, large, odd and spoilt specifications, and command lines: none is taken badly."""
    wrong = [each for each in hostile.run(COUNT, 7, part, PARTS) if each.wrong]
    assert not wrong, "\n".join(f"{each.name} ({each.kept}): {each.wrong}" for each in wrong)


@pytest.mark.parametrize("given", [*folders()], ids=lambda given: given.name)
def test_folders(given: Input, tmp_path: Path) -> None:
    """Odd folders and files are read or refused; none is waited for."""
    taken = hostile_judge.judge(given.name, given.lay(tmp_path), random.Random(1))
    assert not taken.wrong, taken.wrong


def test_the_good_laws_load(tmp_path: Path) -> None:
    """What is spoilt was good before."""
    for name, files in laws().items():
        root = tmp_path / name
        root.mkdir()
        taken = hostile_judge.judge(name, laid(files)(root), random.Random(2))
        assert (taken.loaded, taken.wrong) == (True, "")


def test_a_seed_gives_the_same_inputs(tmp_path: Path) -> None:
    """A number names an input for good, so that it can be looked at again."""
    for name in ("one", "two"):
        for number in range(20):
            root = tmp_path / name / str(number)
            root.mkdir(parents=True)
            by_chance(3, number).lay(root)
    found = [
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*.md")}
        for root in (tmp_path / "one", tmp_path / "two")
    ]
    assert found[0] == found[1]
    assert len(found[0]) > 20


# ------------------------------------------------------- the judge, judged


def failing(*_: object) -> None:
    raise ValueError("the wheel came off")


def sleeping(*_: object) -> None:
    time.sleep(5)


@pytest.mark.parametrize(("spoilt", "said"), [(failing, "the wheel came off"), (sleeping, "not done after")])
def test_what_goes_wrong_is_seen_and_kept(
    spoilt: Callable[..., None], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception and a hang are misbehaviour, and the input is kept where the report says."""
    monkeypatch.setattr(hostile_judge, "load_regime", spoilt)
    monkeypatch.setattr(hostile_judge, "LONGEST", 0.2)
    taken = hostile.take(Input("broken", laid({"spec/a.md": BROKEN})), random.Random(1), 1)
    assert said in taken.wrong
    assert (Path(taken.kept) / "spec" / "a.md").read_text(encoding="utf-8") == BROKEN
    hostile.remove(Path(taken.kept))
    count = hostile.Count()
    count.add(taken)
    assert "1 misbehaved" in count.report(1.0)


def test_a_command_with_a_wrong_exit_code_is_seen(tmp_path: Path) -> None:
    """The exit code is looked at, too."""
    line = Line("help", ("--help",), codes=(2,))
    assert "exit code 0, not (2,)" in hostile_judge.judge_line(line, tmp_path).wrong
