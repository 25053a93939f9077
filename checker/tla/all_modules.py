"""Everything that is exported of one column: the law's module, and a module and a configuration a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.model.claim import Claim, Column
from checker.model.model import Model
from checker.tla import comments
from checker.tla.claim_module import Instance, Module
from checker.tla.claim_shape import ClaimShape, question_of
from checker.tla.concrete_steps import Moves, TooLarge, moves_of
from checker.tla.cut_claim import plan_of
from checker.tla.formulas import Unsayable
from checker.tla.law_module import Law, law_of, law_text, run_with
from checker.tla.thing_counts import counts_for


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


def bundle_of(model: Model, column: Column, claims: Sequence[Claim], told: Mapping[str, int]) -> Bundle:
    """Return what to write for a column and claims. `told`: how many things of which sorts, named ones apart;
    the others are as few as make sense.
    """
    law = law_of(model, column)
    instances: dict[tuple[tuple[str, int], ...], Moves | str] = {}
    modules: list[Module] = []
    left_out: list[LeftOut] = []
    for claim in claims:
        made = _module(law, claim, told, instances)
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
    law: Law,
    claim: Claim,
    told: Mapping[str, int],
    instances: dict[tuple[tuple[str, int], ...], Moves | str],
) -> Module | str:
    """The module of a claim, or the reason why there is none."""
    question = question_of(claim)
    if not isinstance(question, ClaimShape):
        return question
    counts = counts_for(law.model, told, question.variables)
    key = tuple(sorted(counts.items()))
    try:
        if key not in instances:
            instances[key] = moves_of(law.model, counts, law.column.base)
        moves = instances[key]
        if isinstance(moves, str):
            return moves
        return Instance(law, question, plan_of(question, moves), counts).module()
    except TooLarge as reason:
        if key not in instances:
            instances[key] = str(reason)
        return str(reason)
    except Unsayable as reason:
        return str(reason)


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
        yield "Not exported, because a formula of TLA, or this module, cannot say it:"
        yield from (f"claim {each.claim.number}, {each.claim.name}: {each.reason}." for each in left_out)
