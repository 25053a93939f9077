"""A command: TLC and redline say the same of every claim that can be exported, to the step.

    python -m tests.tlc --jar tla2tools.jar
    python -m tests.tlc --jar tla2tools.jar --samples 50 --rule-sets 20 --only nothing

Checks the claims of the shipped law and of two small regimes, in instances that grow until TLC shows the
story that redline tells; prints a table; exits with 1 if they disagree. With `--samples`, TLC also goes
through random situations of each law, and says whether the module means what `evaluate` does; with
`--rule-sets`, the same of random rules, and of random claims about them.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.model.claim import Claim, Column
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.workbench import Workshop
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.tla.all_modules import bundle_of, counts_of
from checker.tla.claim_module import Module
from checker.tla.claim_shape import ClaimShape, question_of
from tests.random_laws import rules as random_rules
from tests.support.places import LIBRARY, PERMITS, ROOT
from tests.tlc.run import JAR, Answer, run_tlc
from tests.tlc.samples import Sampled

REGIMES = {
    "shipped": (ROOT, ("baseline", "mp107")),
    "permits": (PERMITS, ("old", "new")),
    "library": (LIBRARY, ("old", "new")),
}
SECONDS = 200.0  # for one run of TLC, unless told otherwise
TOO_FEW = "no such story among so few"
GROWN = 2  # things of every sort but the senders', when the smallest instance does not show a story


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one side says: whether the claim is refuted, and the steps of the shortest story. `refuted` is
    None where nothing is said."""

    refuted: bool | None
    steps: int | None
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in one column. `agree`: None where there is nothing to compare."""

    regime: str
    column: str
    claim: str
    things: str
    tlc: Verdict
    redline: Verdict
    agree: bool | None
    remark: str
    states: int
    seconds: float

    def __str__(self) -> str:
        agree = {True: "yes", False: "NO", None: "-"}[self.agree]
        figures = f"{self.states:>8} {self.seconds:5.0f} s"
        sides = f"{self.tlc.told:14} {self.redline.told:12} {agree:4}"
        about = f"{self.regime:8} {self.column:10} {self.claim:4} {self.things:24}"
        return f"{about} {sides} {figures}  {self.remark}".rstrip()


class Comparison:
    """Holds TLC against redline, claim by claim."""

    def __init__(self, regime: Regime, name: str, jar: Path, seconds: float) -> None:
        self.regime = regime
        self.name = name
        self.jar = jar
        self.seconds = seconds
        self.prover = Prover(regime)

    def rows(self, column: Column, claims: Sequence[Claim]) -> Iterator[Row]:
        """One row a claim that can be exported."""
        for claim in claims:
            row = self.row(column, claim)
            if row is not None:
                yield row

    def row(self, column: Column, claim: Claim) -> Row | None:
        """Compare one claim, in instances that grow as long as redline has a story that TLC does not find.
        None if the claim is not exported."""
        if not isinstance(question_of(claim), ClaimShape):
            return None
        redline = self.redline(Job(claim, column))
        row: Row | None = None
        for counts in _instances(self.regime, column, claim):
            made = self._made(column, claim, counts)
            if made is None:
                return row
            row = self._compared(column, claim, counts, *made, redline)
            if row.remark != TOO_FEW:
                return row
        return row

    def _made(self, column: Column, claim: Claim, counts: Mapping[str, int]) -> tuple[Answer, Module] | None:
        bundle = bundle_of(self.regime, column, (claim,), counts)
        if not bundle.modules:
            return None
        (module,) = bundle.modules
        with tempfile.TemporaryDirectory() as folder:
            for name, text in bundle.files.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            return run_tlc(self.jar, Path(folder), module.name, self.seconds), module

    def redline(self, job: Job) -> Verdict:
        """What redline says of the claim."""
        result = self.prover.decide(job)
        steps = None if result.evidence.trace is None else len(result.evidence.trace.steps)
        refuted = {"proved": False, "refuted": True}.get(result.verdict)
        return Verdict(refuted, steps, result.verdict + ("" if steps is None else f" {steps}"))

    def _compared(
        self,
        column: Column,
        claim: Claim,
        counts: Mapping[str, int],
        answer: Answer,
        module: Module,
        redline: Verdict,
    ) -> Row:
        tlc, agree, remark = _judged(answer, module, redline)
        things = " ".join(f"{count} {sort}" for sort, count in counts.items())
        figures = (answer.states, answer.seconds)
        return Row(self.name, str(column), claim.number, things, tlc, redline, agree, remark, *figures)


def _judged(answer: Answer, module: Module, redline: Verdict) -> tuple[Verdict, bool | None, str]:
    """What TLC says of the claim, and whether that is what redline says."""
    match answer.found:
        case "out of time":
            return Verdict(None, None, "out of time"), None, "too many situations"
        case "error":
            return Verdict(None, None, "error"), False, answer.what
        case "violated" if answer.what != "Claim":
            return Verdict(None, answer.steps, f"{answer.what} fails"), False, "the instance is not well made"
        case "violated":
            tlc = Verdict(module.universal, answer.steps, f"a story of {answer.steps}")
        case "nothing":
            tlc = Verdict(not module.universal, None, "no story")
    if answer.found == "nothing" and not answer.states:
        return tlc, None if redline.refuted is None else False, "there is no start"
    if redline.refuted is None:
        return tlc, None, "redline does not know"
    same = tlc.refuted == redline.refuted and tlc.steps == redline.steps
    missed = answer.found == "nothing" and redline.steps is not None
    longer = tlc.steps is not None and redline.steps is not None and tlc.steps > redline.steps
    return tlc, same, "" if same else TOO_FEW if missed or longer else "they disagree"


def _instances(regime: Regime, column: Column, claim: Claim) -> Iterator[dict[str, int]]:
    """The instance that is exported, and larger ones: more of everything but senders."""
    problem = Question(regime, Job(claim, column)).problem(Workshop(regime, 0))
    counts = counts_of(problem)
    sorts = (each.sort for each in problem.system.model.request)
    senders = next(each.name for each in sorts if not each.is_enum)
    for more in range(GROWN + 1):
        yield {sort: count + (more if sort != senders else 0) for sort, count in counts.items()}


# ------------------------------------------------------------------- commands


def compare_all(given: argparse.Namespace) -> bool:
    """Print the table; whether nothing disagrees."""
    fine = True
    for name, (folder, columns) in REGIMES.items():
        if name not in given.only:
            continue
        regime = load_regime(folder / "spec", folder / "properties")
        comparison = Comparison(regime, name, given.jar, given.seconds)
        for column in given.column or columns:
            claims = [each for each in regime.claims if not given.claims or each.number in given.claims]
            for row in comparison.rows(regime.parse_column(column), claims):
                sys.stdout.write(f"{row}\n")
                sys.stdout.flush()
                fine = fine and row.agree is not False
    return fine


def sample_all(given: argparse.Namespace) -> bool:
    """Let TLC say of random situations what `evaluate` says; whether it does."""
    fine = True
    for name, (folder, columns) in REGIMES.items():
        regime = load_regime(folder / "spec", folder / "properties")
        for column in columns:
            fine = sampled(regime, regime.parse_column(column), given, f"{name} {column}") and fine
    return fine


def sampled(regime: Regime, column: Column, given: argparse.Namespace, about: str) -> bool:
    """Compare samples of one column."""
    samples = Sampled(regime, column, f"{given.seed} {about}")
    with tempfile.TemporaryDirectory() as folder:
        samples.write(Path(folder), given.samples)
        answer = run_tlc(given.jar, Path(folder), samples.name, given.seconds)
    said = "agree" if answer.found == "nothing" else f"DISAGREE: {answer.found} {answer.what}"
    sys.stdout.write(f"samples of {about}: {said}; {samples.accepted} requests accepted\n")
    sys.stdout.flush()
    return answer.found == "nothing"


def random_all(given: argparse.Namespace) -> bool:
    """The same of random rules, and of random claims about them."""
    fine = True
    for number in range(given.rule_sets):
        regime = load_texts(random_rules.write(random.Random(f"rules {given.seed} {number}")))
        for text in ("old", "new under red"):
            column = regime.parse_column(text)
            about = f"rule set {number}"
            fine = sampled(regime, column, given, f"{about} {text}") and fine
            for row in Comparison(regime, about, given.jar, given.seconds).rows(column, regime.claims):
                if row.agree is False and row.remark != TOO_FEW:
                    fine = False
                sys.stdout.write(f"{row}\n")
    return fine


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparisons; 0 if all agree, 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m tests.tlc", description=__doc__)
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="only claims with these numbers")
    parser.add_argument("--jar", type=Path, default=os.environ.get(JAR), required=JAR not in os.environ)
    parser.add_argument("--only", nargs="*", default=list(REGIMES), choices=[*REGIMES, "nothing"])
    parser.add_argument("--column", action="append", help="only this column; may be repeated")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for one run of TLC")
    parser.add_argument("--samples", type=int, default=0, help="situations of each law")
    parser.add_argument("--rule-sets", type=int, default=0, help="random rule sets, with random claims")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    fine = compare_all(given)
    if given.samples:
        fine = sample_all(given) and fine
    if given.rule_sets:
        given.samples = given.samples or 10
        fine = random_all(given) and fine
    sys.stdout.write("all agree\n" if fine else "THEY DISAGREE\n")
    return 0 if fine else 1
