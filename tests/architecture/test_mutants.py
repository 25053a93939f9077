"""The mutants are what they say, and the quickest of them are caught for real.

All of them: `python -m tests.mutants`.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
from collections.abc import Mapping
from functools import cache
from typing import get_args

import pytest

from checker.exits import AS_EXPECTED
from tests.mutants.catalogue import MUTANTS
from tests.mutants.command import fate_of, report
from tests.mutants.defence import (
    Copy,
    Stage,
    Stopped,
    by_certificates,
    by_tests,
    by_verdicts,
    fill,
    mistaken,
    run,
)
from tests.mutants.mutant import Attacks, Mutant, Rotten
from tests.support.places import ROOT

CHECKER = ROOT / "checker"
LEAST = 24
PERMITS: Mapping[str, int | None] = {"permits": AS_EXPECTED}
NO_START = "trusted/test_forged_evidence.py::test_an_invariant_without_the_start_is_refused"
NO_STEP = "trusted/test_forged_evidence.py::test_an_invariant_that_a_step_breaks_is_refused"


def called(name: str) -> Mutant:
    return next(each for each in MUTANTS if each.name == name)


@cache
def _right(file: str) -> str:
    """The text of a module, without a mistake."""
    return (CHECKER / file).read_text(encoding="utf-8")


def test_every_mistake_can_be_made() -> None:
    """Its text stands where it should, once, and what comes of it is Python."""
    for mutant in MUTANTS:
        changed = mutant.applied(_right(mutant.file))
        assert changed != _right(mutant.file), mutant.name
        compile(changed, f"{mutant.file}, with {mutant.name}", "exec")


@cache
def _unknown(text: str) -> set[str]:
    """The names that a module reads and nobody binds, anywhere in it."""
    bound, read = set(dir(builtins)), set[str]()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                read.add(name)
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.alias(name=name, asname=other):
                bound.add((other or name).split(".")[0])
            case (
                ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.ExceptHandler(name=str(name))
            ):
                bound.add(name)
            case _:
                pass
    return read - bound


def test_no_mistake_is_a_slip() -> None:
    """It reads no name that is not there: a NameError would be caught by any test, and would say nothing."""
    for mutant in MUTANTS:
        right = _right(mutant.file)
        assert _unknown(mutant.applied(right)) - _unknown(right) == set(), mutant.name


def test_every_kind_of_mistake_is_made() -> None:
    """Each kind of obligation, and each stage of the pipeline, has a mutant; no two have the same name."""
    assert {each.attacks for each in MUTANTS} == set(get_args(Attacks))
    assert len({each.name for each in MUTANTS}) == len(MUTANTS) >= LEAST


def test_who_is_to_see_a_mistake_is_there() -> None:
    """The test or file that is named is one that there is; what stands in brackets is for pytest to find."""
    for mutant in MUTANTS:
        file, _, called_ = mutant.seen_by.partition("::")
        if file:
            text = (CHECKER.parent / "tests" / file).read_text(encoding="utf-8")
            assert not called_ or f"def {called_.partition('[')[0]}(" in text, mutant.name


def test_a_text_that_has_changed_is_told() -> None:
    """A mutant whose text is gone, or stands there twice, says so rather than change something else."""
    mutant = called("rank-off-by-one")
    for text in ("", mutant.old * 2):
        with pytest.raises(Rotten, match=mutant.name):
            mutant.applied(text)


# ------------------------------------------------------------------- for real


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the project, in which mistakes are made and taken back."""
    made = Copy(tmp_path_factory.mktemp("mutant"), ROOT)
    fill(made)
    return made


@pytest.mark.thorough
def test_nothing_is_caught_without_a_mistake(copy: Copy) -> None:
    """Tests, verdicts and certifier say nothing against the checker as it is."""

    async def asked() -> list[object]:
        tests = await by_tests(copy, (NO_START, NO_STEP))
        return [tests, await by_verdicts(copy, PERMITS), await by_certificates(copy, PERMITS)]

    assert asyncio.run(asked()) == [None, None, None]


@pytest.mark.parametrize(
    ("name", "stage", "how"),
    [
        pytest.param("start-at-the-goal-only", "tests", NO_START, marks=pytest.mark.thorough),
        pytest.param("first-kind-of-step-only", "tests", NO_STEP, marks=pytest.mark.long),
        pytest.param("exemptions-ignored", "verdicts", "permits", marks=pytest.mark.thorough),
        pytest.param("every-is-some", "verdicts", "permits", marks=pytest.mark.long),
        pytest.param(
            "script-without-the-last-part",
            "certificates",
            "is not the obligation",
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_a_mistake_is_caught(copy: Copy, name: str, stage: Stage, how: str) -> None:
    """By the one of the three that is asked, and for what is wrong."""

    async def asked() -> object:
        match stage:
            case "tests":
                return await by_tests(copy, (NO_STEP, NO_START))
            case "verdicts":
                return await by_verdicts(copy, PERMITS)
            case "certificates":
                return await by_certificates(copy, PERMITS)

    with mistaken(copy, called(name)):
        caught = asyncio.run(asked())
    assert caught is not None
    assert how in str(caught)


def test_a_program_that_somebody_else_stops_catches_nothing() -> None:
    """It is neither passed nor failed."""
    stopping = ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
    with pytest.raises(Stopped):
        asyncio.run(run(stopping, CHECKER.parent, CHECKER.parent))
    crashing = ("-c", "import os; os.abort()")
    assert asyncio.run(run(crashing, CHECKER.parent, CHECKER.parent)).code not in (None, 0)


def test_a_mutant_that_nobody_catches_is_told() -> None:
    """Where nobody is asked, it survives."""
    mutant = called("rank-off-by-one")
    fate = asyncio.run(fate_of(mutant, {}, (), CHECKER.parent, every=False))
    assert fate.caught == ()
    told = report([fate], 1.0)
    assert "SURVIVES" in told
    assert "0 of 1 mutants are caught" in told
