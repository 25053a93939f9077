"""Which columns have the same law, so that what is built for one serves the others."""

from __future__ import annotations

from dataclasses import replace

from checker.model.claim import Claim, Column
from checker.model.expressions import Call
from checker.model.model import Model
from checker.model.reads import reads
from checker.question.columns import Columns
from checker.question.jobs import Job


def law_of(regime: Columns, column: Column, free: tuple[str, ...] = ()) -> Column:
    """The column with its dropped premises restored, unless a rule reads them, there or in one of the
    versions that its deployment may range over. Other dropped premises only affect the claims that name them.
    """
    if not column.without:
        return column
    bases = (column.base, *free)
    models = [m for base in bases for m in regime.rules(replace(column, base=base, without=())).values()]
    kept = (name for name in column.without if any(_may_matter(name, model) for model in models))
    return replace(column, without=tuple(kept))


def by_law(regime: Columns, jobs: tuple[Job, ...]) -> list[list[int]]:
    """The positions of the jobs, grouped by law and deployments. What all verdicts about a law rest on is
    found once in each process. Requests under way come first, as verdicts about them take longest: a long
    one at the end is waited for by all other processes. Then comes the largest group.
    """
    groups: dict[tuple[Column, tuple[str, ...]], list[int]] = {}
    asked = [(job.column, job.claim.over) for job in jobs]
    laws = {(column, over): law_of(regime, column, over) for column, over in dict.fromkeys(asked)}
    for position, each in enumerate(asked):
        groups.setdefault((laws[each], each[1]), []).append(position)
    return sorted(groups.values(), key=lambda each: (asked[each[0]][0].staged, len(each)), reverse=True)


def premises_of(model: Model, claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
    """The premises that matter to the claim: those that are only assumed, so the claim says less, and those
    that anything else reads: the law, another premise, the claim's statement.
    """
    given = tuple(each for each in claim.premises if isinstance(each, Call))
    others = tuple(each for each in claim.premises if not isinstance(each, Call))
    own = (claim.where, claim.statement, claim.witness, *others, *(each.arguments for each in given))
    above = tuple(model.premises.get(each.definition) for each in given)
    read = reads(model, rules_of(model), model.checks, *own, *above).of("premise")
    return frozenset(each.definition for each in given) - read, read


def _may_matter(name: str, model: Model) -> bool:
    """Whether the supposition may matter to more than the claims that assume it."""
    if name not in model.premises:
        return True
    said = (rules_of(model), model.checks, *model.definitions.values())
    return name in reads(model, *said).of("premise")


def rules_of(model: Model) -> tuple[object, ...]:
    """Everything in force except the checks."""
    return (
        *model.axioms,
        *model.start,
        *model.request,
        *model.route,
        *model.effects,
        *model.events.values(),
    )
