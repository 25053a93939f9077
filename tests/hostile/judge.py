"""Whether redline takes something hostile well: it loads, or it is refused with diagnostics that help."""

from __future__ import annotations

import contextlib
import io
import random
import re
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import msgspec

from checker import cli
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.document import MAX_BYTES, decode_anyway
from checker.language.render_diagnostics import WIDTH, render, render_all
from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from checker.report.json_documents import dumped
from checker.report.paper import lay_out
from checker.report.redlined_law import law_paragraphs
from checker.report.run_report import Page, run_paragraphs
from checker.report.summary import Run
from checker.report.told_stories import Stories
from checker.results.mistakes import Mistakes
from checker.results.proofs import proofs_of
from tests.hostile.commands import Line
from tests.hostile.inputs import CLAIMED, Folders

LONGEST = 10.0  # seconds in which anything must be loaded or refused, however busy the machine
BUDGET = 2.0  # seconds for a claim
OVERRUN = 15.0  # seconds by which it may be exceeded, the making of reports included
MOST = 1_200  # megabytes
_SLOW = 0.5  # what takes longer is measured again, since the machine may have been busy
_PLACELESS = frozenset({"no-such-file", "unreadable", "too-large", "no-law", "wrong-column"})
_COLUMNS_BUILT = 12
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")


class Misbehaved(Exception):
    """What went wrong."""


@dataclass(slots=True)
class Taken:
    """How an input was taken. `wrong`: what is wrong with that; empty if nothing is."""

    name: str
    loaded: bool = False
    seconds: float = 0.0
    decided: float | None = None  # seconds, if a claim was
    verdict: str = ""
    codes: tuple[str, ...] = ()
    command: bool = False
    memory: int = 0  # the most that the process ever held, in megabytes
    wrong: str = ""
    kept: str = ""  # where the input was kept


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Ends what takes longer; a hang is misbehaviour too."""

    def ring(_number: int, frame: FrameType | None) -> None:
        where = "".join(traceback.format_stack(frame, limit=6)) if frame else ""
        raise Misbehaved(f"not done after {seconds:.0f} s\n{where}")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def judge(name: str, folders: Folders, chance: random.Random, *, often: int = 1) -> Taken:
    """Loads what the folders hold. One in `often` is also put to the command line, and to the prover."""
    taken = Taken(name)
    with _noting(taken):
        regime, wrong = _loaded(folders, taken)
        if regime is None:
            with at_most(LONGEST):
                _check_diagnostics(wrong, folders)
            taken.codes = tuple(each.code for each in wrong)
            if chance.randrange(often) == 0:
                _refused_by_command(folders, chance)
        else:
            taken.loaded = True
            if chance.randrange(often) == 0:
                _used(regime, folders, chance, taken)
    return taken


@contextlib.contextmanager
def _noting(taken: Taken) -> Iterator[None]:
    """Notes whatever goes wrong, and the memory that was needed."""
    try:
        yield
    except Misbehaved as wrong:
        taken.wrong = str(wrong)
    except Exception:
        taken.wrong = traceback.format_exc(limit=-8)
    taken.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if taken.memory > MOST and not taken.wrong:
        taken.wrong = f"{taken.memory} MB of memory"


def _loaded(folders: Folders, taken: Taken) -> tuple[Regime | None, tuple[Diagnostic, ...]]:
    taken.seconds = LONGEST
    for _ in range(2):
        started = time.perf_counter()
        found: Regime | None = None
        wrong: tuple[Diagnostic, ...] = ()
        with at_most(LONGEST):
            try:
                found = load_regime(folders.spec, folders.properties)
            except SpecError as error:
                wrong = error.diagnostics
        taken.seconds = min(taken.seconds, time.perf_counter() - started)
        if taken.seconds < _SLOW:
            break
    return found, wrong


# ---------------------------------------------------------------- diagnostics


def _check_diagnostics(diagnostics: tuple[Diagnostic, ...], folders: Folders) -> None:
    if not diagnostics:
        raise Misbehaved("refused without a diagnostic")
    texts = {}
    for file in {each.span.file for each in diagnostics if each.span is not None}:
        if not Path(file).is_file():
            raise Misbehaved(f"no such file: `{file}`")
        texts[file] = _text(Path(file))
    for each in diagnostics:
        _check_one(each, texts, folders)
    render_all(diagnostics, texts)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return decode_anyway(file.read(MAX_BYTES))


def _check_one(diagnostic: Diagnostic, texts: dict[str, str], folders: Folders) -> None:
    if not _CODE.fullmatch(diagnostic.code):
        raise Misbehaved(f"no code: {diagnostic!r}")
    if not diagnostic.message.strip() or diagnostic.message.endswith("."):
        raise Misbehaved(f"no message: {diagnostic!r}")
    span = diagnostic.span
    if span is None:
        if diagnostic.code not in _PLACELESS:
            raise Misbehaved(f"no place: {diagnostic!r}")
        _check_rendered(render(diagnostic, texts), "", folders)
        return
    lines = texts[span.file].split("\n")
    if not 1 <= span.line <= span.end_line <= len(lines):
        raise Misbehaved(f"the file has {len(lines)} lines: {diagnostic!r}")
    first, last = lines[span.line - 1], lines[span.end_line - 1]
    if not (1 <= span.column <= len(first) + 1 and 1 <= span.end_column <= max(len(last), 1) + 1):
        raise Misbehaved(f"no such column in {first[:200]!r}: {diagnostic!r}")
    if span.line == span.end_line and span.end_column < span.column:
        raise Misbehaved(f"it ends before it begins: {diagnostic!r}")
    place = f"{span.file}:{span.line}:{span.column}:"
    rendered = render(diagnostic, texts)
    if "^" not in rendered:
        raise Misbehaved(f"no caret:\n{rendered}")
    _check_rendered(rendered, place, folders)


def _check_rendered(rendered: str, place: str, folders: Folders) -> None:
    """Fits 80 columns but for paths and words that cannot be broken, and does nothing to a terminal."""
    paths = (str(folders.spec), str(folders.properties))
    for line in rendered.split("\n"):
        if len(line) > WIDTH and line != place and not any(path in line for path in paths):
            raise Misbehaved(f"{len(line)} columns:\n{line}")
        if not line.isprintable() and not any(path in line for path in paths):
            raise Misbehaved(f"an unprintable character: {line!r}")


# --------------------------------------------------------------- command line


def _refused_by_command(folders: Folders, chance: random.Random) -> None:
    options = ["--spec", str(folders.spec)]
    if folders.properties is not None:
        options += ["--properties", str(folders.properties)]
    command = chance.choice(
        (["prove", "--version", "baseline"], ["prove"], ["show", "baseline"], ["register"])
    )
    run_line(
        (*command, *options), codes=(2,) if command[0] in {"prove", "register"} else (0, 2), seconds=LONGEST
    )


def run_line(arguments: tuple[str, ...], *, codes: tuple[int, ...], seconds: float) -> None:
    """Runs one command as the command line does. Raises Misbehaved."""
    out, err = _stream("strict"), _stream("backslashreplace")
    with at_most(seconds), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(arguments)
    out.flush()
    err.flush()
    written, said = (each.buffer.getvalue().decode("utf-8", "replace") for each in (out, err))
    shown = [each[:60] for each in arguments]
    if "Traceback" in said or "redline: internal error" in said:
        raise Misbehaved(f"{shown}: {said[-2000:]}")
    if code not in codes:
        raise Misbehaved(f"{shown}: exit code {code}, not {codes}: {said[-2000:]}")
    if code == 2 and "json" in arguments:
        _check_document(written, said, shown)
    elif code == 2 and (written or not said.strip()):
        raise Misbehaved(f"{shown}: exit code 2, {len(written)} characters of output, {said[:300]!r}")
    if len(said) > 60_000:
        raise Misbehaved(f"{shown}: {len(said):,} characters of errors")
    if "\x1b" in said:
        raise Misbehaved(f"{shown}: an escape sequence in {said!r}"[:2000])


class _Bytes(io.TextIOWrapper):
    buffer: io.BytesIO


def _check_document(written: str, said: str, shown: list[str]) -> None:
    """Raise Misbehaved unless what is wrong was written as a document, and nothing besides."""
    try:
        found = msgspec.json.decode(written, type=Mistakes)
    except (msgspec.DecodeError, msgspec.ValidationError) as wrong:
        raise Misbehaved(f"{shown}: no document of diagnostics: {wrong}") from wrong
    if said or found.exit != 2 or not all(each.message for each in found.diagnostics):
        raise Misbehaved(f"{shown}: {found}, and besides {said[:300]!r}")


def _stream(errors: str) -> _Bytes:
    return _Bytes(io.BytesIO(), encoding="utf-8", errors=errors)


def judge_line(line: Line, folder: Path) -> Taken:
    """Runs a hostile command line."""
    taken = Taken(f"command: {line.name}", command=True)
    place = tempfile.mkdtemp(dir=folder)
    arguments = tuple(each.replace("PLACE", place) for each in line.arguments)
    if line.file is not None:
        file = folder / f"asked{line.file[1]}"
        file.write_bytes(line.file[0])
        arguments = tuple(str(file) if each == "FILE" else each for each in arguments)
    with _noting(taken):
        started = time.perf_counter()
        run_line(arguments, codes=line.codes, seconds=LONGEST)
        taken.seconds = time.perf_counter() - started
    return taken


# ---------------------------------------------------------------------- using


def _used(regime: Regime, folders: Folders, chance: random.Random, taken: Taken) -> None:
    """Builds columns, shows the law, decides a claim, and reports on it."""
    columns = _columns(regime)
    with at_most(LONGEST * 3):
        for column in chance.sample(columns, min(len(columns), _COLUMNS_BUILT)):
            with contextlib.suppress(SpecError):  # a reading may have nothing to say in a version
                regime.rules(column)
        version = chance.choice(list(regime.versions))
        lay_out(law_paragraphs(regime.model(Column(version)), regime.texts[version]), WIDTH)
    run_line(("show", version, "--spec", str(folders.spec)), codes=(0, 2), seconds=LONGEST)
    jobs = jobs_for(regime.claims)
    if not jobs:
        return
    job = chance.choice([each for each in jobs if each.claim.name == CLAIMED] or jobs)
    started = time.perf_counter()
    with at_most(BUDGET + OVERRUN):
        result = Prover(regime, budget=BUDGET).decide(job)
        taken.decided, taken.verdict = time.perf_counter() - started, result.verdict
        run = Run((result,), "", 0.0)
        lay_out(run_paragraphs(regime, run, Page(Stories("all", proofs=True))), WIDTH)
        dumped(proofs_of(regime, run))


def _columns(regime: Regime) -> list[Column]:
    dropped = [
        each.name for each in regime.suppositions.values() if each.kind not in ("typical", "abstraction")
    ]
    found = []
    for base in (*regime.versions, *regime.deployments):
        found.append(Column(base))
        found += [Column(base, (reading,)) for reading in regime.readings]
        found += [Column(base, (), (name,)) for name in dropped]
    return found
