"""Deciding claims: what `prove` does."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checker.interface.changed import former_law, reached, rules_reached, since_of
from checker.interface.claims_to_ask import check_claims, chosen_jobs, not_asked, nothing_asked
from checker.interface.evidence import Behind
from checker.interface.loaded_law import LoadedLaw, column_called
from checker.interface.named_claims import chosen_claims
from checker.interface.watching import decide
from checker.model.claim import Claim, Column
from checker.prove import run_jobs
from checker.prove.assumptions import Assumptions, assumptions_of
from checker.prove.deciding_rules import Rule, rules_in
from checker.question.jobs import Effort, Job, both_ways
from checker.question.verdict import Evidence, Result
from checker.regime.pinned_facts import pinned
from checker.regime.regime import Regime
from checker.report.matrix import matrix_columns
from checker.report.summary import IdleRule, Run, in_order, is_main
from checker.results.answer import Watch, keeping
from checker.results.proofs import Proofs, proofs_of


def prove(
    law: LoadedLaw,
    claims: Sequence[str],
    versions: Sequence[str],
    effort: Effort,
    *,
    quick: bool,
    staged: bool,
    blame: bool,
    assumptions: bool,
    changed: str | None,
    examples: bool,
    another: int = 0,
    where: Sequence[str] = (),
    brief: bool = False,
    command: str,
    watch: Watch,
) -> Proofs:
    """Decide claims (all without any) in columns (without any, in those that their authors name). `changed`:
    only what the edit since that revision can reach. `brief`: no story outside the matrix is told unless its
    verdict is a surprise.
    """
    started, regime = time.monotonic(), law.regime
    if not examples and effort.witnesses == "ordinary":
        effort = replace(effort, witnesses="any")
    effort = replace(effort, blame=blame)
    chosen = chosen_claims(regime, claims)
    check_claims(law)
    asked = chosen_jobs(regime, chosen, versions, quick=quick)
    asked = both_ways(asked) if staged else asked
    facts = {each.name: pinned(regime, each, where) for each in chosen if where}
    there = tuple(_pinned(regime, asked, facts, versions, another)) if where else ()
    asked = tuple(replace(each, another=0 if where else another) for each in asked)
    left_out = not_asked(regime, chosen, versions, asked, named=bool(claims))
    former = None if changed is None else former_law(law, changed)
    if not asked:
        raise nothing_asked(_nothing(chosen if claims else (), versions), law, left_out)
    rules = () if claims or staged else tuple(asked_rules(regime, asked))
    since = None
    if former is not None:
        confined = reached(regime, former.regime, asked, versions, quick=quick, staged=staged)
        asked, rules = confined.jobs, rules_reached(regime, former.regime, rules)
        since = since_of(former, confined)
    asked = tuple(_glanced_at(regime, asked, versions)) if brief else asked
    jobs = (*asked, *there, *(each.job("alone") for each in rules))
    results = decide(regime, jobs, effort, watch)
    held, alone = results[len(asked) : len(asked) + len(there)], results[len(asked) + len(there) :]
    results = results[: len(asked)]
    idle = tuple(idle_rules(regime, rules, alone, effort))
    supposed = supposed_by(regime, results, effort, watch) if assumptions else None
    words = ("prove", *claims, *(() if changed is None else (f"--changed={changed}",)))
    told = command or law.command(words, ("--version", versions))
    compared = _compared(regime, versions)
    run = Run(results, told, time.monotonic() - started, idle, supposed, left_out, compared, held)
    answer = proofs_of(
        regime,
        run,
        chosen,
        since=since,
        shipped=law.shipped,
        examples=examples,
        brief=brief,
        processes=effort.processes,
    )
    shown = (*_and_supposed(_and_others(results), supposed or ()), *_and_others(held))
    return keeping(answer, behind=Behind(law, regime, shown, effort.processes))


def _nothing(claims: Sequence[Claim], versions: Sequence[str]) -> str:
    """Say that none of the claims that were named, if any were, can be asked."""
    which = f"no claim of {', '.join(each.number for each in claims)}" if claims else "no claim"
    where = f" of `{'`, `'.join(versions)}`" if versions else " with these options"
    return f"{which} can be asked{where}"


def asked_rules(regime: Regime, jobs: Sequence[Job]) -> Iterator[Rule]:
    """Yield the checks and exemptions of every version that is asked about as it stands."""
    for column in dict.fromkeys(each.column for each in jobs):
        if is_main(column) and not column.staged and column.base in regime.versions:
            yield from rules_in(regime.model(column), column)


def idle_rules(
    regime: Regime, rules: Sequence[Rule], alone: Sequence[Result], effort: Effort
) -> Iterator[IdleRule]:
    """Yield the rules that decide no request by themselves, and whether they do so together with others."""
    idle = [rule for rule, found in zip(rules, alone, strict=True) if found.verdict == "refuted"]
    again = run_jobs.run(regime, tuple(each.job("at all") for each in idle), effort)
    never = {number for number, result in again if result.verdict == "refuted"}
    for number, rule in enumerate(idle):
        yield IdleRule(rule, number in never)


def supposed_by(
    regime: Regime, results: Sequence[Result], effort: Effort, watch: Watch
) -> tuple[Assumptions, ...]:
    """Return what every proof supposes. Proofs without a supposition that claims say they need are not asked
    about.
    """
    asked = [each for each in in_order(results) if not each.column.without]
    total = sum(each.verdict == "proved" for each in asked)
    found: dict[int, Assumptions] = {}
    watch(0, total, "")
    for number, one in assumptions_of(regime, asked, results, effort):
        found[number] = one
        watch(len(found), total, f"{one.result.claim.name} in {one.result.column}")
    return tuple(found[number] for number in sorted(found))


def _glanced_at(regime: Regime, jobs: Sequence[Job], versions: Sequence[str]) -> Iterator[Job]:
    """Yield the jobs for a report that tells no stories: outside the matrix, people read of surprises."""
    shown = matrix_columns(jobs, compared=_compared(regime, versions))
    yield from (replace(each, surprises=each.column not in shown) for each in jobs)


def _compared(regime: Regime, versions: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns that were named."""
    return tuple(dict.fromkeys(column_called(regime, each) for each in versions))


def _pinned(
    regime: Regime, jobs: Sequence[Job], facts: Mapping[str, Claim], versions: Sequence[str], another: int
) -> Iterator[Job]:
    """Yield the jobs under further facts, where nobody expects a verdict: in the columns that were asked for
    and, of each claim, in versions and deployments as they stand, or in all columns if it has none of these.
    Any story will do, whichever clause causes it: that no story is one of a certain clause is not asked.
    """
    named = {column_called(regime, each) for each in versions}
    for claim in facts.values():
        own = [each for each in jobs if each.claim.name == claim.name]
        plain = [each for each in own if is_main(each.column) or each.column in named]
        once = {each.column: each for each in plain or own}.values()
        yield from (replace(e, claim=claim, expected=None, by=None, another=another) for e in once)


def _and_others(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """Return the results, each followed by one for every further story: each has evidence of its own."""
    return tuple(
        shown
        for each in results
        for shown in (each, *(replace(each, evidence=story) for story in stories_of(each)))
    )


def stories_of(result: Result) -> tuple[Evidence, ...]:
    """Return the further stories of a result."""
    return () if result.others is None else result.others.stories


def _and_supposed(results: tuple[Result, ...], supposed: Sequence[Assumptions]) -> tuple[Result, ...]:
    """Return the results, with further ones that show what the proofs suppose."""
    known = {(each.claim.name, each.column, each.by): each for each in results}
    more = (each for one in supposed for each in one.results if each.decided)
    added = {(each.claim.name, each.column, each.by): each for each in more}
    return (*results, *(each for key, each in added.items() if key not in known))
