"""What `rollout` and `cover` find of a random law, to be compared with what they find of one that means the
same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import Final

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.question.jobs import Disagreement, Effort
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.results.answer import nobody
from checker.rooms.cover.edits import Edit
from checker.rooms.cover.find import Coverage, Coverer, Plan
from checker.rooms.rollout.find import plan_of, roll_out
from checker.rooms.rollout.harm import inner
from tests.regimes_agree.trials import Trial

OPEN_ANSWER: Final = "not known"
"""Stands for every reason why something is unknown: a rewritten law may have another one."""
EDITS = 4  # of one law


def version_of(regime: Regime, name: str) -> Column:
    """The column of the version that is called so in the law as it was written."""
    return Column(next(each for each in regime.versions if each.split("-")[-1] == name))


def rolled(trial: Trial, budget: float) -> Mapping[str, str]:
    """What rolling the new version out does: how many switches there are and, for every mixture, which harm.
    Switches come in the order of the route, so a mixture is told by a number.
    """
    regime = load_texts(trial.texts)
    effort = Effort(budget=budget, processes=1, witnesses="none")
    try:
        plan = plan_of(regime, version_of(regime, "old"), version_of(regime, "new"))
        found = roll_out(plan, effort, "the tests", nobody)
    except SpecError:
        return {"roll-out": "refused"}
    except Disagreement as wrong:
        return {"roll-out": f"wrong: {wrong}"}
    lattice = found.lattice
    said = {"roll-out": f"{lattice.size} switches"}
    for mixture in inner(lattice.size):
        for test in found.tests:
            state = test.state(mixture)
            name = f"{mixture} {test.kind} {test.claim.name if test.claim else ''}"
            said[name] = OPEN_ANSWER if state == "open" else state
    return said


def covered(trial: Trial, budget: float) -> Mapping[str, str]:
    """What becomes of some edits of the old version, each told by what is edited and how."""
    regime = load_texts(trial.texts)
    effort = Effort(budget=budget, processes=1, witnesses="none")
    try:
        plan = Plan.of(regime, version_of(regime, "old"), effort)
    except Disagreement as wrong:
        return {"cover": f"wrong: {wrong}"}
    coverer = Coverer(plan, effort, enough=None)
    edits = {_plain(each): each for each in plan.edits}
    said = {"cover": f"{len(plan.edits)} edits"}
    for key in random.Random(len(edits)).sample(sorted(edits), min(EDITS, len(edits))):
        said[key] = _weight(coverer.cover(edits[key]))
    return said


def _plain(edit: Edit) -> str:
    """The edit in words, without its place and without what `renamed` puts before names."""
    said = f"{edit.part} {edit.rule} {edit.how}: {edit.said} becomes {edit.instead}"
    return re.sub(r"\b[BQZbqz]\d+-", "", said)


def _weight(found: Coverage) -> str:
    if found.weight == "unknown":
        return OPEN_ANSWER
    return f"{found.weight} by {sorted(each.name for each in found.notices)}"
