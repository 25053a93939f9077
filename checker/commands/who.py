"""`redline who`: which users can bring something about, and who cannot without them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import click

from checker.analyses.who.claims import Asked
from checker.analyses.who.run import Answers, Typed, answers, members_of, question_of
from checker.commands.claims import chosen_claims
from checker.commands.effort import effort_given, effort_of, effort_options
from checker.commands.evidence import check_target, evidence_option, write_evidence
from checker.commands.folders import atomic_column, find_folders, folder_options
from checker.commands.output import Progress, write_json, write_paragraphs
from checker.engines.job import Effort
from checker.engines.loading import load_regime
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.regime.regime import Regime
from checker.reports.summary import is_main, repeat
from checker.reports.who_text import Inquiry, who_paragraphs
from checker.results.coalitions import coalitions_of


@click.command("who")
@click.argument("claim", required=False, metavar="[CLAIM]")
@click.option("--for", "bound", metavar="BINDERS", default="", help="As in a claim: 'x: S where p(x)'.")
@click.option("--given", "given", multiple=True, metavar="PREMISE", help="As in a claim. May be repeated.")
@click.option("--if", "condition", metavar="P", default="", help="In which situations.")
@click.option("--goal", metavar="Q", help="What is to be brought about; instead of CLAIM.")
@click.option(
    "--member",
    "members",
    multiple=True,
    metavar="TERM",
    help="Only users that these terms name, and others. May be repeated. Default: all terms of the law.",
)
@click.option(
    "--version",
    "columns",
    multiple=True,
    metavar="COLUMN",
    help="A version, deployment or column. May be repeated. Default: the claim's, else all versions.",
)
@evidence_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
@effort_options
def command(
    claim: str | None,
    *,
    bound: str,
    given: tuple[str, ...],
    condition: str,
    goal: str | None,
    members: tuple[str, ...],
    columns: tuple[str, ...],
    evidence: Path | None,
    form: str,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    seed: int,
    explore: bool,
) -> int:
    """Say who can bring something about: the smallest coalitions of users that can, and how.

    What, and in which situations, is taken from CLAIM (`always, if P, then possibly Q`), or typed as --goal
    and --if. A coalition can if it can from every such situation, while nobody else sends anything.
    """
    started = time.monotonic()
    folders = find_folders(spec, properties)
    check_target(evidence, folders)
    regime = load_regime(folders.spec, folders.properties)
    question = Question(claim, Typed(bound, given, condition, goal or ""), members)
    asked = question.asked(regime)
    chosen = tuple(atomic_column(regime, each) for each in columns) or question.columns(regime)
    effort = effort_of(budget, jobs, seed, explore=explore)
    found = _ask(regime, asked, chosen, effort)
    more = (
        ("--version", columns),
        ("--evidence", () if evidence is None else (str(evidence),)),
        *effort_given(budget, seed),
    )
    again = repeat(question.words, (*question.options, *more), folders.options)
    inquiry = Inquiry(found, again, time.monotonic() - started)
    if form == "json":
        write_json(coalitions_of(inquiry, shipped=folders.shipped))
    else:
        write_paragraphs((*folders.notice, *who_paragraphs(inquiry)))
    if evidence is not None:
        write_evidence(evidence, found.regime, found.results, folders, effort.processes, found.text)
    return inquiry.code


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed: a claim, or a question of its own, and the members."""

    claim: str | None
    typed: Typed
    members: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The command with what stands before its options."""
        return ("who", self.claim) if self.claim is not None else ("who",)

    @property
    def options(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The options that make up the question."""
        typed = self.typed
        single = (("--for", typed.bound), ("--if", typed.condition), ("--goal", typed.goal))
        given = ((name, (value,)) for name, value in single if value)
        return (*given, ("--given", typed.given), ("--member", self.members))

    def asked(self, regime: Regime) -> Asked:
        """The question, in the terms of the law. SpecError if it is none."""
        source = repeat(self.words, self.options)
        own = (self.typed.bound, *self.typed.given, self.typed.condition, self.typed.goal)
        if self.claim is None and not self.typed.goal:
            raise _unclear("what is to be brought about is not said", "a claim", "`--goal`")
        if self.claim is not None and any(own):
            raise _unclear("a claim says itself what is to be brought about", "a claim or `--goal`")
        asked = (
            self.typed.asked(regime, source) if self.claim is None else question_of(self._of(regime), source)
        )
        return members_of(regime, asked, self.members) if self.members else asked

    def _of(self, regime: Regime) -> Claim:
        assert self.claim is not None
        found = chosen_claims(regime, (self.claim,))
        if len(found) > 1:
            raise _unclear(f"`{self.claim}` names several claims", *(f"`{each.number}`" for each in found))
        return found[0]

    def columns(self, regime: Regime) -> tuple[Column, ...]:
        """The versions and deployments that the claim expects something of, else all versions."""
        found: tuple[Column, ...] = ()
        if self.claim is not None:
            expected = (each.column for each in self._of(regime).expectations)
            found = tuple(each for each in expected if is_main(each) and not each.staged)
        return tuple(dict.fromkeys(found or map(Column, regime.versions)))


def _unclear(message: str, *expected: str) -> SpecError:
    return SpecError((Diagnostic("bad-option", message, None, expected),))


def _ask(regime: Regime, asked: Asked, columns: tuple[Column, ...], effort: Effort) -> Answers:
    """Return what is found, with progress on standard error meanwhile."""
    with Progress(len(columns)) as progress:
        return answers(regime, asked, columns, effort, progress.step)
