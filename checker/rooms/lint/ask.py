"""Finds rules without effect, and words and rules that do not fit each other: what `lint` does."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from checker.exits import GATE_FAILED, NO_ANSWER, exit_code
from checker.interface.evidence import Behind
from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.interface.watching import decide
from checker.language.diagnostics import Diagnostic, SpecError
from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.report.summary import is_main
from checker.results.answer import Watch, keeping
from checker.rooms.lint.answer import Findings, Linted, findings_of
from checker.rooms.lint.find import Lint, lint


def lint_versions(
    law: LoadedLaw, versions: Sequence[str], effort: Effort, *, command: str, watch: Watch
) -> Findings:
    """Look at versions as they stand, at all without any."""
    started, regime = time.monotonic(), law.regime
    chosen = chosen_versions(regime, versions)

    def deciding(asked: Regime, jobs: tuple[Job, ...]) -> tuple[Result, ...]:
        return decide(asked, jobs, effort, watch)

    found = lint(regime, chosen, deciding)
    told = command or law.command(("lint", *versions))
    seconds, code = time.monotonic() - started, exit_code(_codes(found))
    linted = Linted(regime, found, chosen, told, seconds, code)
    behind = Behind(law, found.regime, found.results, effort.processes, found.text)
    return keeping(findings_of(linted, shipped=law.shipped), behind=behind)


def chosen_versions(regime: Regime, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the versions that are named, all without any. SpecError for what is no version as it stands."""
    columns = [atomic_column(regime, each) for each in wanted]
    for column in columns:
        if not is_main(column) or column.base not in regime.versions:
            message = f"`{column}` is not a version as it stands"
            raise SpecError((Diagnostic("wrong-column", message, None, tuple(regime.versions)),))
    return tuple(dict.fromkeys(each.base for each in columns)) or tuple(regime.versions)


def _codes(linted: Lint) -> Iterator[int]:
    yield from (GATE_FAILED for each in linted.findings if each.gates)
    yield from (NO_ANSWER for _ in linted.undecided)
