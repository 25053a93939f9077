"""What stands between a mistake in the checker and its users: tests, expected verdicts, and the certifier.

A mutant is put into a copy of the project. The tests run there, on the copy; then the copy decides the claims
about several laws and writes evidence; at last the checker without the mistake certifies that.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

from tests.mutants.mutant import Mutant
from tests.mutants.regimes import Folders, regimes
from tests.support.places import ROOT

COPIED: Final = ("checker", "spec", "properties", "tests", "pyproject.toml")
LONGEST: Final = 240.0  # seconds for one program; a mistake that makes it run for ever is seen by anybody
BUDGET: Final = "20"  # seconds for a verdict
QUICK: Final = (
    *(
        "trusted/test_forged_evidence.py",
        "question/test_versions_side_by_side.py",
        "trusted/test_grounds.py",
        "prove/test_lamps.py",
    ),
    "question/test_one_by_one.py",
    "question/test_deployed_claims.py",
    *(
        "evidence/test_certify_refuses.py",
        "evidence/test_certify_says.py",
        "prove/test_keys_to_safes.py",
        "model/test_evaluate.py",
        "model/test_decision.py",
        "model/test_steps.py",
        "prove/test_second_regime.py",
        "language/test_statements.py",
    ),
    "question/test_staged.py",
    "question/test_staged_columns.py",
    "logic/test_encode.py",
    "prove/test_regime_cases.py",
    "logic/test_solver.py",
    "logic/test_ground.py",
)
SLOW: Final = (
    "prove/test_keys_to_safes.py::test_verdicts_do_not_depend_on_the_seed",
    "logic/test_encode.py::test_a_broken_encoder_is_found",
    "logic/test_encode.py::test_the_shipped_law_is_encoded_as_it_is_meant",
    "logic/test_encode.py::test_random_rules_are_encoded_as_they_are_meant[0]",
)
FAILED: Final = ("FAILED ", "ERROR ")
STOPPED: Final = (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)
"""Exit codes of programs that were told to stop; one that crashes, or takes too much, was not."""

Stage: TypeAlias = Literal["tests", "verdicts", "certificates"]
STAGES: Final[tuple[Stage, ...]] = ("tests", "verdicts", "certificates")


@dataclass(frozen=True, slots=True)
class Caught:
    """Who saw the mistake, and by what: the test that failed, the verdict that is wrong, the rejection."""

    stage: Stage
    how: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a program. `code` is None if it had to be stopped."""

    code: int | None
    out: str
    err: str


class Stopped(Exception):
    """Somebody else has stopped a program, so that nothing can be said of the mutant."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the project, with a mutant in it or without. `sound`: the project that it is a copy of."""

    project: Path
    sound: Path

    def laws(self, names: Sequence[str]) -> tuple[Folders, ...]:
        """The laws of these names."""
        return tuple(each for each in regimes(self.project) if each.name in names)

    def evidence(self, law: Folders) -> Path:
        """Where the copy writes what stands behind its verdicts."""
        return self.project / f"evidence-{law.name}"


@asynccontextmanager
async def copied(mutant: Mutant | None = None, sound: Path = ROOT) -> AsyncIterator[Copy]:
    """A copy of the project `sound` for a while. Raises Rotten if the mutant does not fit."""
    with tempfile.TemporaryDirectory(prefix="redline-mutant-") as place:
        copy = Copy(Path(place), sound)
        await asyncio.to_thread(fill, copy)
        if mutant is not None:
            mutant.apply(copy.project / "checker")
        yield copy


def fill(copy: Copy) -> None:
    """Put into the copy what is in the project that it is a copy of."""
    for name in COPIED:
        source = copy.sound / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(source, copy.project / name, ignore=ignored)
        else:
            shutil.copy2(source, copy.project / name)


@contextmanager
def mistaken(copy: Copy, mutant: Mutant) -> Iterator[None]:
    """Have a mutant in a copy for a while; what Python has compiled of all else stays good."""
    mutant.apply(copy.project / "checker")
    try:
        yield
    finally:
        shutil.copy2(copy.sound / "checker" / mutant.file, copy.project / "checker" / mutant.file)
        for each in copy.project.glob("evidence-*"):
            shutil.rmtree(each)


async def run(arguments: Sequence[str], project: Path, place: Path) -> Done:
    """Run Python in `place` on the checker of a project, its own or a copy. Raises Stopped."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(project), "NO_COLOR": "1", "COLUMNS": "200"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), LONGEST)
    except TimeoutError:
        process.kill()
        await process.wait()
        return Done(None, "", f"not done after {LONGEST:.0f} s")
    if process.returncode in STOPPED:
        raise Stopped(f"`{' '.join(arguments[:3])}` was stopped by somebody else")
    return Done(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"))


# --------------------------------------------------------------------- tests


async def by_tests(copy: Copy, tests: Sequence[str] = QUICK) -> Caught | None:
    """The first of the quick tests that fails on the copy."""
    files = [f"tests/{name}" for name in tests]
    spared = [f"--deselect=tests/{name}" for name in SLOW]
    without = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")  # slow to load
    options = ("-x", "-q", "-n", "0", *without, "--tb=no", "-rfE", *spared)
    done = await run(("-m", "pytest", *options, *files), copy.project, copy.project)
    if done.code == 0:
        return None
    failed = [line for line in done.out.splitlines() if line.startswith(FAILED)]
    return Caught("tests", failed[0] if failed else _last(done))


# ------------------------------------------------------------------ verdicts


async def by_verdicts(copy: Copy, usual: Mapping[str, int | None]) -> Caught | None:
    """The first law for which the copy's verdicts are not those that its claims expect. `usual`: the exit
    code without a mistake, for each law.
    """
    for law in copy.laws(tuple(usual)):
        done = await prove(copy, law)
        if done.code != usual[law.name]:
            return Caught("verdicts", f"{law.name}: {_unexpected(done)}")
    return None


async def prove(copy: Copy, law: Folders) -> Done:
    """Let the copy decide every claim about a law, and write the evidence."""
    evidence = ("--evidence", str(copy.evidence(law)), "--format", "json")
    options = (*law.options, *evidence, "--budget", BUDGET, "--jobs", "1", *law.named)
    return await run(("-m", "checker", "prove", *options), copy.project, copy.project)


def _unexpected(done: Done) -> str:
    """What is wrong with a run: the first verdict that is not as expected, or what the program said."""
    try:
        results = cast("list[dict[str, object]]", json.loads(done.out)["results"])
    except (ValueError, KeyError):
        return f"exit code {done.code}: {_last(done)}"
    for each in results:
        if not each["as_expected"] or each["verdict"] in ("unknown", "bounded") or each["vacuous"]:
            claim, column = (cast("dict[str, str]", each[name]) for name in ("claim", "column"))
            found = "vacuous" if each["vacuous"] else each["verdict"]
            said = f"claim {claim['number']} in {column['text']} is {found}"
            return f"{said}, expected {each['expected']}" + (f": {each['reason']}" if each["reason"] else "")
    return f"exit code {done.code}"


# -------------------------------------------------------------- certificates


async def by_certificates(copy: Copy, usual: Mapping[str, int | None]) -> Caught | None:
    """The first law for which the copy's evidence is rejected by the checker without the mistake."""
    for law in copy.laws(tuple(usual)):
        if not copy.evidence(law).is_dir():
            await prove(copy, law)
        if not copy.evidence(law).is_dir():
            return Caught("certificates", f"{law.name}: no evidence was written")
        done = await certify(copy, law)
        if done.code != usual[law.name]:
            return Caught("certificates", f"{law.name}: {_rejected(done)}")
    return None


async def certify(copy: Copy, law: Folders) -> Done:
    """Let the checker without the mistake certify the evidence that the copy has written."""
    arguments = ("-m", "checker", "certify", str(copy.evidence(law)), "--format", "json", "--jobs", "1")
    return await run((*arguments, *law.named), copy.sound, copy.sound)


def _rejected(done: Done) -> str:
    """Why evidence is rejected: the first reason, and how many there are."""
    try:
        said = json.loads(done.out)
    except ValueError:
        return f"exit code {done.code}: {_last(done)}"
    reasons = [*said["problems"]]
    for each in said["entries"]:
        reasons += [f"{each['subject']}: {reason}" for reason in each["rejected"]]
    return f"{reasons[0]} ({len(reasons)} in all)" if reasons else f"exit code {done.code}"


def _last(done: Done) -> str:
    """The last line that a program said."""
    lines = [line for text in (done.out, done.err) for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "nothing was said"
