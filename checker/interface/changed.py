"""Which claims an edit since a revision of Git can reach: what `prove --changed` asks, and leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.interface.claims_to_ask import chosen_jobs
from checker.interface.loaded_law import LoadedLaw
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.prove.deciding_rules import Rule
from checker.prove.left_out import LeftOut
from checker.prove.reached_by_edits import Reach
from checker.question.jobs import Job, both_ways
from checker.regime.regime import Regime
from checker.results.parts import told_left_out
from checker.results.proofs import Since
from checker.trusted.load_law import load_texts

_Key = tuple[str, Column, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Former:
    """The law at a revision. `regime`: None if it was none there, and then `why`."""

    revision: str
    commit: str
    regime: Regime | None
    why: str = ""


def former_law(law: LoadedLaw, revision: str) -> Former:
    """Return the law and its claims at a revision. SpecError if git does not know it, or the folder."""
    from checker.interface.git import commit_of, named, texts_at

    if law.places is None:
        message = "a law that was given as texts lies in no repository"
        raise SpecError((Diagnostic("git", message, None),))
    commit = commit_of(revision, law.places.spec)
    try:
        spec, claims = (
            {f"{named(revision)}/{kind}/{name}": text for name, text in texts_at(revision, folder).items()}
            for kind, folder in (("spec", law.places.spec), ("properties", law.places.properties))
        )
        return Former(revision, commit, load_texts(spec, claims))
    except SpecError as wrong:
        return Former(revision, commit, None, wrong.diagnostics[0].message)


@dataclass(frozen=True, slots=True)
class Reached:
    """The jobs that an edit can reach, and those that it cannot."""

    jobs: tuple[Job, ...]
    left_out: tuple[Job, ...]


def rules_reached(regime: Regime, former: Regime | None, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules of columns in which anything in force has changed."""
    if former is None:
        return tuple(rules)
    reach, columns = Reach(), dict.fromkeys(rule.column for rule in rules)
    same = {each: _same_rules(reach, regime, former, each) for each in columns}
    return tuple(each for each in rules if not same[each.column])


def reached(
    regime: Regime,
    former: Regime | None,
    jobs: Sequence[Job],
    versions: Sequence[str],
    *,
    quick: bool,
    staged: bool,
) -> Reached:
    """Return which of the jobs the edit from the former law to this one can reach: all but those that the
    former law has, with a text of all that the verdict can turn on that is the same.
    """
    if former is None:
        return Reached(tuple(jobs), ())
    reach = Reach()
    before = _before(former, jobs, versions, quick=quick, staged=staged)
    there: list[Job] = []
    left_out: list[Job] = []
    for job in jobs:
        earlier = before.get(_key(job))
        same = earlier is not None and reach.of(former, earlier) == reach.of(regime, job)
        (left_out if same else there).append(job)
    return Reached(tuple(there), tuple(left_out))


def since_of(former: Former, confined: Reached) -> Since:
    """Return what a run was confined to, as its answer tells it."""
    reason = f"nothing that its verdict can turn on has changed since {former.revision}"
    left_out = (LeftOut(each.claim, each.column, reason) for each in confined.left_out)
    return Since(
        revision=former.revision,
        commit=former.commit,
        left_out=told_left_out(left_out),
        whole=former.why,
    )


def _before(
    former: Regime, jobs: Sequence[Job], versions: Sequence[str], *, quick: bool, staged: bool
) -> Mapping[_Key, Job]:
    """Return what would have been asked of the former law, about claims of the same names."""
    names = {each.claim.name for each in jobs}
    claims = [each for each in former.claims if each.name in names]
    try:
        asked = chosen_jobs(former, claims, versions, quick=quick)
    except SpecError:  # a column that there was not
        return {}
    return {_key(each): each for each in (both_ways(asked) if staged else asked)}


def _key(job: Job) -> _Key:
    return job.claim.name, job.column, job.by, job.dropped


def _same_rules(reach: Reach, regime: Regime, former: Regime, column: Column) -> bool:
    if column.base not in former.versions:
        return False
    laws = [each.rules(column) for each in (former, regime)]
    one, other = ({name: reach.in_force(model) for name, model in law.items()} for law in laws)
    return one == other
