"""Asking everything that a report tells: what `report` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from checker.exits import exit_code
from checker.html.ask import Report, page_of
from checker.html.contents import Contents
from checker.interface.loaded_law import LoadedLaw
from checker.interface.proving import prove
from checker.interface.registering import register
from checker.interface.showing import show
from checker.prove import pool
from checker.question.verdict import Result
from checker.report.summary import Run
from checker.results.answer import Watch, kept, nobody
from checker.results.proofs import Proofs
from checker.results.register import OpenPoints, open_points_of
from checker.rooms.cover.answer import Edits
from checker.rooms.cover.ask import cover
from checker.rooms.diff.answer import Differences
from checker.rooms.diff.ask import diff
from checker.rooms.rollout.answer import Mixtures
from checker.rooms.rollout.ask import rollout


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is to have: of which `claims` (all without any), how they are asked, and which rooms.
    `examples`: of every proof, not only of those of claims that are named.
    """

    claims: tuple[str, ...]
    quick: bool
    blame: bool
    examples: bool
    rollout: bool
    cover: bool
    register: bool


def report(
    law: LoadedLaw, old: str | None, new: str | None, asked: Asked, *, command: str, watch: Watch
) -> Report:
    """Ask everything, and return the page."""
    before, after = _compared(law, old, new)
    effort = law.effort
    with pool.beside(partial(_differences, law, before, after), effort) as compared:
        proofs = prove(
            law,
            asked.claims,
            (),
            effort,
            quick=asked.quick,
            staged=False,
            blame=asked.blame,
            assumptions=False,
            changed=None,
            examples=asked.examples or bool(asked.claims),
            command="",
            watch=watch,
        )
        differences = compared()
    results = kept(proofs, "run", Run).results
    mixtures = _mixtures(law, before, after, results, watch) if before and asked.rollout else None
    edits = _edits(law, after, results, watch) if asked.cover else None
    contents = Contents(
        law,
        command or law.command(("report", "DIR", *((before,) if before else ()), after)),
        f"What {after} changes in {before}" if before else f"The law in {after}",
        _question(before, after, law, proofs),
        proofs=proofs,
        redlined=show(law, after, before or None, ""),
        differences=differences,
        mixtures=mixtures,
        register=_register(law, results, asked, watch),
        edits=edits,
    )
    answers = (proofs, differences, mixtures, edits, contents.register)
    return Report(page_of(contents), exit_code(each.exit for each in answers if each is not None), law)


def _differences(law: LoadedLaw, old: str, new: str) -> Differences | None:
    """Compare the versions, if there are two: in one process, so that others can do something else."""
    if not old:
        return None
    return diff(
        law,
        old,
        new,
        law.effort,
        before=None,
        git=None,
        claims=False,
        evidence=False,
        fail_on=(),
        command="",
        watch=nobody,
    )


def _mixtures(law: LoadedLaw, old: str, new: str, known: Sequence[Result], watch: Watch) -> Mixtures:
    """Return what mixtures of the versions do. `known`: verdicts that need not be decided again."""
    return rollout(
        law,
        old,
        new,
        law.effort,
        all_claims=False,
        evidence=False,
        fail_on=(),
        command="",
        watch=watch,
        known=known,
        readable="none",
    )


def _edits(law: LoadedLaw, version: str, known: Sequence[Result], watch: Watch) -> Edits:
    """Return which claims notice edits of the version. `known`: verdicts that need not be decided again."""
    return cover(
        law,
        version,
        law.effort,
        clauses=(),
        everyone=False,  # whoever else notices an edit is no news, and takes hours to find out
        journal=None,
        evidence=False,
        known=known,
        command="",
        watch=watch,
    )


def _compared(law: LoadedLaw, old: str | None, new: str | None) -> tuple[str, str]:
    """Return the versions that are compared; the first is empty if the law has only one and none is named."""
    if old is None and new is None and len(law.versions) == 1:
        return "", law.versions[0]
    return law.pair(old, new)


def _register(law: LoadedLaw, results: Sequence[Result], asked: Asked, watch: Watch) -> OpenPoints:
    """Return the open points, with what was found of them anyway unless everything is to be asked."""
    if asked.register:
        return register(law, law.effort, quick=False, known=results, command="", watch=watch)
    return open_points_of(law.regime, results, len(results), law.command(("register",)), shipped=law.shipped)


def _question(old: str, new: str, law: LoadedLaw, proofs: Proofs) -> str:
    """Say in a sentence what the report answers."""
    claims = len({each.claim.name for each in proofs.results})
    which = f"which of {claims} claims about the law" if claims < len(law.claims) else "which claims about it"
    if old:
        return f"What does the law in {new} decide differently from the law in {old}, and {which} hold?"
    return f"What does the law in {new} say, and {which} hold?"
