"""How long redline takes for a verdict, beside NuSMV and mypyvy, in CPU seconds.

Run `python benchmarks/peers.py`. NuSMV is asked what redline's explorer is asked: the claim in a finite
instance, as `smv.py` writes it; redline decides for any number of things. mypyvy is asked for its own version
of the same published system, if it has one. It fails if two of them disagree. `--things N` takes instances of
at least N things of each sort, `--keep FOLDER` keeps the models.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.smv import smv_model
from checker.explore.explorer import Explorer, places_of
from checker.explore.finite_instance import Instance, TooLarge
from checker.explore.placings import things_of
from checker.explore.second_opinion import as_large_as, small_instance, unexplored
from checker.model.deadline import Deadline
from checker.prove.decide import Prover
from checker.question.columns import Columns
from checker.question.jobs import Job, jobs_for
from checker.question.problem import GaveUp
from checker.question.question import Question
from checker.question.verdict import Result
from checker.question.workbench import Workshop
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.trusted.write_once import shown_apart

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = "shipped"  # the law in spec/, in its versions
SYSTEMS = ROOT / "tests" / "cases" / "reach"
QUICK = ("approvers", "beds", "chair", "commit", "lock", "papers", "semaphore", "shards", "wall")
LARGEST = 1 << 20  # situations of what the claim does not depend on
WRITING = 30.0  # seconds for writing the models of a claim
LIMIT = 120  # CPU seconds for one question to another tool
NO_NUSMV = """NuSMV: not installed. Get a binary from https://nusmv.fbk.eu and say where it is with --nusmv
  PATH, or build one of its source in the package pynusmv: see "Beside other tools" in CONTRIBUTING.md."""
NO_MYPYVY = """mypyvy: not installed. Clone https://github.com/wilcoxjay/mypyvy, install what it
  requires, and say where it is with --mypyvy PATH: see "Beside other tools" in CONTRIBUTING.md."""
THEIRS = {
    ("lock", "1", "sound"): "examples/cav19/lockserv.pyv",
    ("shards", "1", "sound"): "examples/cav19/sharded-kv.pyv",
    ("ring", "1", "sound"): "examples/cav19/ring.pyv",
    ("ballot", "1", "once"): "examples/fol/toy_consensus_forall.pyv",
    ("wall", "1", "sound"): "examples/fol/firewall.pyv",
    ("answers", "1", "sound"): "examples/fol/client_server_ae.pyv",
}
"""(system, claim, column) -> what mypyvy has of the same published system, with the same property."""


class Disagreement(Exception):
    """Two tools answer one question differently."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Commands of the other tools, None where they are not installed, and where to keep models."""

    nusmv: str | None
    mypyvy: tuple[str, Path] | None
    models: Path
    things: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What another tool says: whether there is a story to the goal (None: it gave up), in CPU seconds."""

    story: bool | None
    seconds: float


def main() -> None:
    """Read the options, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--systems", nargs="+", default=QUICK, metavar="NAME", choices=_names())
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the models for NuSMV are kept")
    parser.add_argument("--things", type=int, default=1, metavar="N", help="things of each sort, at least")
    chosen = parser.parse_args()
    report(chosen.nusmv, chosen.mypyvy, chosen.systems, chosen.things, chosen.keep)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where the other tools are."""
    parser.add_argument("--nusmv", metavar="PATH", help="the command NuSMV, if it is not on the PATH")
    parser.add_argument("--mypyvy", type=Path, metavar="PATH", help="a clone of mypyvy")


def report(
    nusmv: str | None,
    mypyvy: Path | None,
    systems: Sequence[str] = QUICK,
    things: int = 1,
    keep: Path | None = None,
) -> None:
    """Print a row for each verdict, and the ratios in all; ends the program if two tools disagree."""
    with tempfile.TemporaryDirectory() as folder:
        models = keep or Path(folder)
        models.mkdir(parents=True, exist_ok=True)
        _report(found_tools(nusmv, mypyvy, models, things), systems)


def _report(tools: Tools, systems: Sequence[str]) -> None:
    if tools.nusmv is None and tools.mypyvy is None:
        return
    print(f"{'CPU seconds for a verdict':34} verdict   redline    NuSMV  ratio   mypyvy  ratio")
    sums: dict[str, tuple[float, float]] = {}
    for name in systems:
        regime = _law(name)
        prover = Prover(regime)  # what is built of a law is built once
        for job in jobs_for(regime.claims, everything=False):
            try:
                _row(tools, name, prover, job, sums)
            except Disagreement as wrong:
                sys.exit(f"\n{wrong}")
    for tool, (ours, theirs) in sums.items():
        print(f"in all, redline {ours:.2f}, {tool} {theirs:.2f}: {ours / theirs:.2f} times as long")


def found_tools(nusmv: str | None, mypyvy: Path | None, models: Path, things: int) -> Tools:
    """Look for the tools; says how to get those that are not there."""
    command = shutil.which(nusmv or "NuSMV")
    if command is None:
        if nusmv:
            sys.exit(f"--nusmv {nusmv}: no such command")
        print(NO_NUSMV)
    if mypyvy is None:
        print(NO_MYPYVY)
        return Tools(command, None, models, things)
    if not (mypyvy / "src" / "mypyvy.py").is_file():
        sys.exit(f"--mypyvy {mypyvy}: no clone of mypyvy, which has src/mypyvy.py")
    own = mypyvy / ".venv" / "bin" / "python"
    return Tools(command, (str(own) if own.exists() else sys.executable, mypyvy), models, things)


def _row(tools: Tools, name: str, prover: Prover, job: Job, sums: dict[str, tuple[float, float]]) -> None:
    label = f"{name} {job.claim.number} in {job.column}"
    started = time.process_time()
    result = prover.decide(job)
    ours = time.process_time() - started
    print(f"  {label:32} {result.verdict:8} {ours:8.2f}", end="", flush=True)
    answers: dict[str, Answer | None] = {
        "NuSMV": by_nusmv(tools, label, prover.regime, result),
        "mypyvy": None,
    }
    path = THEIRS.get((name, job.claim.number, str(job.column)))
    if tools.mypyvy is not None and path is not None:
        answers["mypyvy"] = by_mypyvy(*tools.mypyvy, path)
    for tool, answer in answers.items():
        if answer is None:
            print(f"{'-':>9}{'':7}", end="")
        elif answer.story is None:
            print(f"{'gave up':>9}{'':7}", end="")
        else:
            compare(label, result, tool, answer)
            print(f"{answer.seconds:9.2f}{ours / max(answer.seconds, 0.001):7.1f}", end="", flush=True)
            before = sums.get(tool, (0.0, 0.0))
            sums[tool] = (before[0] + ours, before[1] + answer.seconds)
    print()


def compare(label: str, result: Result, tool: str, answer: Answer) -> None:
    """Raises Disagreement if the tool finds a story where redline proved that there is none, or none where
    redline has one.
    """
    if result.verdict in ("proved", "refuted") and (result.evidence.trace is not None) != answer.story:
        said = "a story" if answer.story else "no story"
        raise Disagreement(f"{label}: redline says {result.verdict}, and {tool} finds {said}")


# ------------------------------------------------------------------------ NuSMV


def by_nusmv(tools: Tools, label: str, regime: Columns, result: Result) -> Answer | None:
    """Ask NuSMV; None if it is not installed, or cannot be asked this."""
    if tools.nusmv is None:
        return None
    seconds = 0.0
    story = False
    try:
        models = list(models_of(regime, result, tools.things))
    except GaveUp:
        return None
    for number, model in enumerate(models):
        path = tools.models / f"{label.replace(' ', '-').replace('/', '-')}-{number}.smv"
        path.write_text(model, encoding="utf-8")
        said, taken = _run([tools.nusmv, "-dcx", str(path)])
        seconds += taken
        if "is false" in said:
            story = True
        elif "is true" not in said:
            return Answer(story=None, seconds=seconds)
    return Answer(story, seconds)


def models_of(regime: Columns, result: Result, things: int = 1) -> Iterator[str]:
    """A model for each way to place what the claim mentions, in an instance with room for the story.

    Raises GaveUp if the claim is of a form that is not explored, or if there would be too many steps.
    """
    question = Question(regime, Job(result.claim, result.column), Deadline.after(WRITING))
    question.check_askable()
    why = unexplored(question)
    if why is not None:
        raise TooLarge(why)
    problem = question.problem(Workshop(regime, 0))
    trace = result.evidence.trace
    counts = small_instance(problem)
    story = {} if trace is None else as_large_as(problem, trace.situations[0])
    all_things = things_of(
        problem, {sort: max(count, story.get(sort, 0), things) for sort, count in counts.items()}
    )
    for places in places_of(problem, question.statement, question.asking, all_things):
        instance = Instance(problem, all_things, places, LARGEST)
        plan = Explorer(problem, instance).plan_of(question.statement, question.asking)
        if plan is not None:
            for each in instance.configurations(plan, ()):
                yield smv_model(instance, each, question.statement)


# ----------------------------------------------------------------------- mypyvy


def by_mypyvy(python: str, clone: Path, path: str) -> Answer | None:
    """Have mypyvy look for an invariant of its own version of the system; None if it has no such file."""
    if not (clone / path).is_file():
        return None
    said, seconds = _run([python, "src/mypyvy.py", "updr", path], clone)
    if "frame is safe and inductive" in said:
        return Answer(story=False, seconds=seconds)
    return Answer(story=None, seconds=seconds)  # its counterexamples are abstract: no story yet


def _run(command: Sequence[str], folder: Path | None = None) -> tuple[str, float]:
    """What a command prints, and its CPU seconds, at most `LIMIT`."""
    before = _used()
    done = subprocess.run(
        command,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT)),
    )
    return done.stdout + done.stderr, _used() - before


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _names() -> tuple[str, ...]:
    return (SHIPPED, *sorted(path.stem for path in SYSTEMS.glob("*.md")))


def _law(name: str) -> Regime:
    if name == SHIPPED:
        return load_regime(ROOT / "spec", ROOT / "properties")
    return load_texts({f"{name}.md": (SYSTEMS / f"{name}.md").read_text(encoding="utf-8")}, judge=shown_apart)


if __name__ == "__main__":
    main()
