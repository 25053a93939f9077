"""Editing a law in every place: what `cover` does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from checker.evidence.write import hash_of
from checker.interface.claims_to_ask import check_claims
from checker.interface.evidence import Behind
from checker.interface.installed import installed_version
from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.interface.watching import decide
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.prove.pool import spread
from checker.question.jobs import Effort
from checker.question.verdict import Result
from checker.regime.names import nearest_name
from checker.regime.regime import Regime
from checker.report.json_documents import dumped
from checker.report.summary import repeat
from checker.results.answer import Watch, keeping
from checker.rooms.cover.answer import Edits, edits_of
from checker.rooms.cover.claims import asked_for
from checker.rooms.cover.edits import edits_of as edits_in
from checker.rooms.cover.find import ENOUGH, Coverage, Coverer, Plan
from checker.rooms.cover.journal import Journal
from checker.rooms.cover.text import Covered


def cover(
    law: LoadedLaw,
    version: str,
    effort: Effort,
    *,
    clauses: Sequence[str],
    everyone: bool,
    journal: Path | None,
    evidence: bool,
    known: Sequence[Result] = (),
    command: str,
    watch: Watch,
) -> Edits:
    """Edit the law of a version in every place, or in these clauses, and say which claims notice. `known`:
    what `prove` has found of this law.
    """
    started, regime = time.monotonic(), law.regime
    check_claims(law)
    asked = atomic_column(regime, version)
    _check_clauses(regime, asked, clauses)
    about = {
        "redline": installed_version(),
        "column": str(asked),
        "sources": hash_of(dumped(law.sources())),
        "everyone": str(everyone),
        "clauses": ", ".join(sorted(clauses)),
        "budget": f"{effort.budget:g}",
        "seed": str(effort.seed),
    }
    diary = None if journal is None else Journal(journal, about)
    before = {} if diary is None else diary.read()
    if diary is not None:
        diary.write(before)
    plan = Plan.of(regime, asked, effort, watch, clauses or None, known)
    found = dict(before)
    done = sum(each.key in before for each in plan.edits)
    watch(done, len(plan.edits), "")
    for each in covered(plan, before, effort, None if everyone else ENOUGH):
        found[each.key] = each
        if diary is not None:
            diary.add(each)
        done += 1
        watch(done, len(plan.edits), f"{each.weight}: {each.key}")
    pairs = tuple((each, found[each.key]) for each in plan.edits)
    flags = ("--all",) if everyone else ()
    told = command or law.command(("cover", version, *flags), ("--clause", tuple(clauses)))
    if not evidence:
        result = Covered(plan, pairs, told, time.monotonic() - started)
        return edits_of(result, shipped=law.shipped)
    behind = asked_for(plan, pairs, repeat(("cover", version), ()))
    answered = behind.answered(decide(behind.law, behind.jobs, effort, watch))
    result = Covered(plan, pairs, told, time.monotonic() - started, answered.shown)
    shown = (answered.law, answered.results, effort.processes, answered.text)
    return keeping(edits_of(result, shipped=law.shipped), behind=Behind(law, *shown, readings=plan.text))


def _check_clauses(regime: Regime, column: Column, clauses: Sequence[str]) -> None:
    """Raise SpecError for a clause that has no rule to edit."""
    known = dict.fromkeys(each.clause for each in edits_in(regime, column) if each.clause) if clauses else {}
    for each in clauses:
        if each not in known:
            message = f"there is no rule of a clause `{each}` in `{column}`"
            raise SpecError((Diagnostic("missing-clause", message, None, (), nearest_name(each, known)),))


def covered(
    plan: Plan, known: Mapping[str, Coverage], effort: Effort, enough: int | None
) -> Iterator[Coverage]:
    """Yield what becomes of every edit that is not known yet, in order of completion, from all processes."""
    waiting = [number for number, each in enumerate(plan.edits) if each.key not in known]
    groups: dict[Column, list[int]] = {}  # what comes to the same law, in one process
    for number in waiting:
        groups.setdefault(plan.column_of(plan.edits[number]), []).append(number)
    starting = partial(_covering, plan, effort, enough)
    for _, found in spread(starting, list(groups.values()), effort.processes, stop=effort.stop):
        yield found


def _covering(plan: Plan, effort: Effort, enough: int | None) -> Callable[[int], Coverage]:
    coverer = Coverer(plan, effort, enough)
    return lambda number: coverer.cover(plan.edits[number])
