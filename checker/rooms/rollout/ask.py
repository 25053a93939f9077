"""Going through all mixtures of two versions: what `rollout` does."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from checker.exits import AS_EXPECTED, NO_ANSWER, NOT_AS_EXPECTED, exit_code
from checker.interface.choices import RolloutFailing
from checker.interface.claims_to_ask import check_claims
from checker.interface.evidence import Behind
from checker.interface.loaded_law import LoadedLaw, compared_columns
from checker.question.jobs import Effort
from checker.question.verdict import Result
from checker.report.summary import repeat
from checker.results.answer import Watch, keeping
from checker.rooms.rollout.answer import Mixtures, mixtures_of
from checker.rooms.rollout.find import Readable, plan_of, roll_out
from checker.rooms.rollout.harm import Rollout
from checker.rooms.rollout.switch_names import Told


def rollout(
    law: LoadedLaw,
    old: str | None,
    new: str | None,
    effort: Effort,
    *,
    all_claims: bool,
    evidence: bool,
    fail_on: Sequence[RolloutFailing],
    command: str,
    watch: Watch,
    known: Sequence[Result] = (),
    readable: Readable = "all",
) -> Mixtures:
    """Say of every mixture of two columns what harm it does, and which orders of switching avoid it.

    `known`: what was found of the law's own claims anyway. `readable`: which stories people may read; the
    answer has verdicts one by one only if it is all of them.
    """
    started, regime = time.monotonic(), law.regime
    check_claims(law)
    first, second = compared_columns(regime, *law.pair(old, new))
    # the report says nothing of claims that hold
    effort = replace(effort, witnesses="ordinary" if evidence else "none")
    named = (str(first), str(second))
    plan, source = plan_of(regime, first, second), repeat(("rollout", *named), ())
    found = roll_out(plan, effort, source, watch, trusting=not all_claims, known=known, readable=readable)
    again = command or law.command(("rollout", *named, *(("--all-claims",) if all_claims else ())))
    report = Told(found, again, time.monotonic() - started, _code_of(found, fail_on))
    behind = Behind(law, found.regime, found.results, effort.processes, found.text)
    answer = mixtures_of(report, shipped=law.shipped, noted=readable == "all", processes=effort.processes)
    return keeping(answer, behind=behind)


def _code_of(found: Rollout, failing: Sequence[RolloutFailing]) -> int:
    """Return the exit code: 3 if something is not decided, 1 for what is not to be."""
    lattice = found.lattice
    harms = {harm.kind for mixture in lattice.mixtures for harm in found.harms(mixture)}
    so: dict[RolloutFailing, bool] = {
        "unsafe-order": lattice.unsafe > 0,
        "no-safe-order": lattice.unsafe == lattice.orders,
        "claim-lost": "claim lost" in harms,
        "inconsistent": "inconsistent" in harms,
    }
    failed = NOT_AS_EXPECTED if any(so[each] for each in failing) else AS_EXPECTED
    return exit_code((failed, NO_ANSWER if found.open else AS_EXPECTED))
