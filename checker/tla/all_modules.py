"""The whole export of one column: the law's module, and a module and a configuration for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.explore.second_opinion import small_instance
from checker.model.claim import Claim, Column
from checker.model.expressions import And
from checker.model.made_of import within
from checker.question.columns import Columns
from checker.question.jobs import Job
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.workbench import Workshop
from checker.tla import comments
from checker.tla.claim_module import Instance, Module
from checker.tla.claim_shape import ClaimShape, question_of
from checker.tla.followed import followed
from checker.tla.formulas import Unsayable
from checker.tla.law_module import Law, law_of, law_text, run_with

FEW: Final = 2  # senders, unless the caller says otherwise: one who acts, and one more


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that is not exported, and why."""

    claim: Claim
    reason: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """`law`: the name of the law's module; `files`: file name -> text."""

    law: str
    modules: tuple[Module, ...]
    left_out: tuple[LeftOut, ...]
    files: Mapping[str, str]


def bundle_of(regime: Columns, column: Column, claims: Sequence[Claim], told: Mapping[str, int]) -> Bundle:
    """Return what to write for a column and claims. `told`: how many things of a sort to use, besides the
    named ones; of other sorts there are as few as useful.
    """
    law = law_of(regime.rules(column)[column.base], column)
    workshop = Workshop(regime, seed=0)  # the solver is not used
    modules: list[Module] = []
    left_out: list[LeftOut] = []
    for claim in claims:
        made = _module(regime, workshop, law, claim, told)
        if isinstance(made, Module):
            modules.append(made)
        else:
            left_out.append(LeftOut(claim, made))
    files = {
        f"{law.name}.tla": law_text(law, _header(law, modules, left_out)),
    }
    for each in modules:
        files |= {f"{each.name}.tla": each.text, f"{each.name}.cfg": each.configuration}
    return Bundle(law.name, tuple(modules), tuple(left_out), files)


def _module(
    regime: Columns, workshop: Workshop, law: Law, claim: Claim, told: Mapping[str, int]
) -> Module | str:
    """The module of a claim, or the reason why there is none."""
    shape = question_of(claim)
    if not isinstance(shape, ClaimShape):
        return shape
    question = Question(regime, Job(_given(claim), law.column))
    try:
        question.check_askable()
        problem = question.problem(workshop)
        found = followed(question, shape, problem, {**counts_of(problem), **told})
        return Instance(law, shape, found).module()
    except (GaveUp, Unsayable) as reason:
        return str(reason)


def counts_of(problem: Problem) -> dict[str, int]:
    """Return the default number of things of each sort, besides the named ones: as in the smallest instance
    of the second opinion, but with at least two senders.
    """
    sender = next(each.sort.name for each in problem.system.model.request if each.sort.has_things)
    found = small_instance(problem)
    return {**found, sender: max(found[sender], FEW)}


def _given(claim: Claim) -> Claim:
    """The claim, with the parts of its `where` that are about its own requests moved to its premises.
    Otherwise the `where` would be checked for every possible value of what those requests carry.
    """
    named = {each.name for each in claim.variables if each.sort is None}
    where = claim.where.parts if isinstance(claim.where, And) else (claim.where,) if claim.where else ()
    own = tuple(each for each in where if named & {getattr(e, "request", "") for e in within(each)})
    if not own:
        return claim
    rest = tuple(each for each in where if each not in own)
    return replace(claim, where=And(rest) if rest else None, premises=(*claim.premises, *own))


# --------------------------------------------------------------------- texts


def _header(law: Law, modules: Sequence[Module], left_out: Sequence[LeftOut]) -> Iterator[str]:
    """The paragraphs at the top of the law's module."""
    yield f"The law of {law.column}, exported by redline. Every operator says where it comes from."
    yield comments.ABSENCE
    yield comments.CLAIMS
    name = modules[0].name if modules else law.name
    yield f"  {run_with(name)}"
    yield comments.FINITE
    if modules:
        yield "Exported:"
        yield from (f"  {each.name}: claim {each.claim.number}, {each.claim.name}" for each in modules)
    if left_out:
        yield "Not exported, because neither a formula of TLA nor this module can express it:"
        yield from (f"claim {each.claim.number}, {each.claim.name}: {each.reason}." for each in left_out)
