"""Verdicts on claims: what `prove` finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from checker.exits import AS_EXPECTED
from checker.model.claim import Claim, Column
from checker.prove.assumptions import Assumptions
from checker.question.verdict import Result
from checker.report.json_documents import ToldColumn, told_column
from checker.report.matrix import matrix_columns
from checker.report.paper import BLANK, Paragraph, paragraph
from checker.report.summary import Run, in_order, result_code
from checker.results.answer import Evidenced, Frame, frame_of, keeping, kept
from checker.results.parts import ToldLeftOut, Verdict, told_left_out, verdict_of, verdicts_of
from checker.story.asked_at_the_end import Law

if TYPE_CHECKING:
    from checker.report.told_stories import Which

_COMMIT: Final = 10  # letters of a commit that are told


class IdleRule(Struct, frozen=True, kw_only=True):
    """A check or exemption that decides no request by itself; `never`: not even together with others."""

    kind: Literal["check", "exemption"]
    name: str
    clause: str
    column: ToldColumn
    never: bool


class MinimalSet(Struct, frozen=True, kw_only=True):
    """A minimal set of suppositions with which a claim is proved; `column` goes without all others."""

    suppositions: tuple[str, ...]
    column: ToldColumn


class Dropped(Struct, frozen=True, kw_only=True):
    """What is found without one `supposition`."""

    supposition: str
    result: Verdict


class Supposed(Struct, frozen=True, kw_only=True):
    """What the proof of a claim (by number and `name`) supposes. `supposed`: all that is in force; `sets`:
    every minimal set with which it is proved; `without`: each that is in all sets; `undecided`: columns
    without a verdict, so that there may be other sets.
    """

    claim: str
    name: str
    column: ToldColumn
    supposed: tuple[str, ...]
    sets: tuple[MinimalSet, ...]
    without: tuple[Dropped, ...]
    undecided: tuple[str, ...]


class Since(Struct, frozen=True, kw_only=True):
    """Only what the edit since a `revision` can reach was asked: its `commit`, and what was `left_out`
    because all that its verdict can turn on means the same there. `whole`: why everything was asked, or
    empty.
    """

    revision: str
    commit: str
    left_out: tuple[ToldLeftOut, ...]
    whole: str


class Proofs(Evidenced, frozen=True, kw_only=True, tag_field="schema", tag="redline.prove/2"):
    """Verdicts on claims in columns, by claim number, then as the claim names its columns.

    `command` repeats the run; `seconds` it took; `exit`: the code with which the command ends; `counts`:
    verdict -> how many; `idle`: rules without effect, asked only where all claims are; `left_out`: what was
    not asked, and why; `assumptions`: what the proofs suppose, if that was asked; `since`: if only what an
    edit can reach was asked; `where`: facts that were pinned, and `pinned`: what each claim comes to, in the
    same columns, where they hold; `shipped`: the law is the one that comes with redline.
    """

    command: str
    seconds: float
    exit: int
    counts: dict[str, int]
    results: tuple[Verdict, ...]
    idle: tuple[IdleRule, ...]
    left_out: tuple[ToldLeftOut, ...]
    assumptions: tuple[Supposed, ...] | None
    where: tuple[str, ...]
    pinned: tuple[Verdict, ...]
    since: Since | None = None
    shipped: bool

    def verdict(self, claim: str, column: str) -> Verdict:
        """The verdict on a claim (number or name) in a column. KeyError if it was not asked there."""
        for each in self.results:
            if claim in (each.claim.number, each.claim.name) and each.column.text == column:
                return each
        raise KeyError(f"claim {claim} was not asked in {column}")

    def paragraphs(
        self,
        stories: Which | None = None,
        *,
        of: Collection[str] = (),
        proofs: bool = False,
        staged: bool = False,
        matrix: bool = False,
    ) -> Iterable[Paragraph]:
        """The report. `stories`: which refutations are told in full, by default those in versions and
        deployments if `proofs` are told, too, and else none; `of`: the names of claims whose stories are told
        besides. `staged`: tell requests in one go and requests under way side by side. `matrix`: with every
        row of the matrix, however many, and what was found in all other columns.
        """
        from checker.report.run_report import Page, run_paragraphs
        from checker.report.staged_matrix import staged_paragraphs
        from checker.report.told_stories import Stories

        run, law = kept(self, "run", Run), self.__dict__["law"]
        since = tuple(since_paragraphs(self.since, len(self.results)))
        told = zip(in_order(run.results), self.results, strict=True)
        notes = {_key(each): verdict.note for each, verdict in told}
        which = Stories(stories or ("versions" if proofs else "none"), frozenset(of), proofs)
        page = Page(which, matrix or proofs, lambda each: notes[_key(each)])
        if staged:
            return (*since, *staged_paragraphs(law, run, self.__dict__["chosen"], page))
        return (*since, *run_paragraphs(law, run, page))

    def frame(self) -> Frame:
        """A row for each verdict."""
        names = (
            "claim",
            "name",
            "column",
            "verdict",
            "expected",
            "as_expected",
            "vacuous",
            "reason",
            "seconds",
        )
        return frame_of(
            (
                {
                    "claim": each.claim.number,
                    "name": each.claim.name,
                    "column": each.column.text,
                    "verdict": each.verdict,
                    "expected": each.expected,
                    "as_expected": each.as_expected,
                    "vacuous": each.vacuous,
                    "reason": each.reason,
                    "seconds": each.seconds,
                }
                for each in self.results
            ),
            names,
        )


def since_paragraphs(since: Since | None, asked: int) -> Iterable[Paragraph]:
    """Say how many verdicts were left out since a revision, and why that is safe."""
    if since is None:
        return
    if since.whole:
        said = f"Everything is asked: the law at {since.revision} cannot be read, for {since.whole}."
    else:
        total = asked + len(since.left_out)
        where = f"{since.revision} ({since.commit[:_COMMIT]})"
        others = (
            f" The other {len(since.left_out)} are as they were there: their claims, and all that these can "
            "turn on, mean the same."
        )
        said = (
            f"The edit since {where} can reach {asked} of {total} verdicts.{others if since.left_out else ''}"
        )
    yield paragraph(said)
    yield BLANK


def _key(result: Result) -> tuple[str, Column, str | None]:
    return result.claim.name, result.column, result.by


def proofs_of(
    law: Law,
    run: Run,
    chosen: tuple[Claim, ...] = (),
    *,
    since: Since | None = None,
    shipped: bool = False,
    examples: bool = True,
    brief: bool = False,
    processes: int = 1,
) -> Proofs:
    """Return a run of `prove`. `chosen`: the claims that it is about. `since`: what it was confined to.
    `examples`: tell what shows that proofs are not vacuous. `brief`: outside the matrix, tell surprises only.
    `processes`: how many may tell.
    """
    shown = matrix_columns(run.results, compared=run.compared) if brief else ()

    def noted(result: Result) -> bool:
        return not brief or result.column in shown or result_code(result) != AS_EXPECTED

    assumptions = run.assumptions
    answer = Proofs(
        command=run.repeat,
        seconds=round(run.seconds, 3),
        exit=run.code,
        counts=dict(Counter(each.verdict for each in run.results)),
        results=verdicts_of(law, in_order(run.results), processes, examples=examples, noted=noted),
        idle=tuple(
            IdleRule(
                kind=each.rule.kind,
                name=each.rule.name,
                clause=each.rule.clause,
                column=told_column(each.rule.column),
                never=each.never,
            )
            for each in run.idle
        ),
        left_out=told_left_out(run.left_out),
        assumptions=None if assumptions is None else tuple(_supposed(law, each) for each in assumptions),
        where=run.pinned[0].claim.pinned if run.pinned else (),
        pinned=tuple(verdict_of(law, each) for each in run.pinned),
        since=since,
        shipped=shipped,
    )
    return keeping(answer, run=run, law=law, chosen=chosen)


def _supposed(law: Law, found: Assumptions) -> Supposed:
    return Supposed(
        claim=found.result.claim.number,
        name=found.result.claim.name,
        column=told_column(found.result.column),
        supposed=found.supposed,
        sets=tuple(
            MinimalSet(suppositions=each.names, column=told_column(each.result.column)) for each in found.sets
        ),
        without=tuple(
            Dropped(supposition=name, result=verdict_of(law, result)) for name, result in found.dropped
        ),
        undecided=tuple(str(each.column) for each in found.undecided),
    )
