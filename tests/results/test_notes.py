"""Case notes, told by as many processes as there may be."""

from __future__ import annotations

from typing import Any

import pytest

from checker.prove import pool
from checker.report.summary import Run
from checker.results import notes
from checker.results.answer import kept
from checker.results.notes import notes_of
from tests.support.permits_law import permits


def test_several_processes_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same order, in pieces that do not come out even; and another process did tell some of it."""
    law = permits()
    results = kept(law.prove(quick=True), "run", Run).results
    monkeypatch.setattr(notes, "_AT_ONCE", len(results) // 2 - 1)
    alone = notes_of(law.regime, results)
    assert [bool(each.steps) for each in alone] == [each.verdict == "refuted" for each in results]
    began: list[int] = []
    started = pool._started

    def counting(starting: Any, count: int, *, aside: bool) -> Any:
        began.append(count)
        return started(starting, count, aside=aside)

    monkeypatch.setattr(pool, "_started", counting)
    assert notes_of(law.regime, results, 2) == alone
    assert began == [1]
    monkeypatch.setattr(pool, "can_fork", lambda: False)
    assert notes_of(law.regime, results, 2) == alone
    assert began == [1]


def test_only_what_is_to_be_read_has_examples() -> None:
    """Those of proofs that are as expected are left out if nobody wants them."""
    law = permits()
    results = kept(law.prove(quick=True), "run", Run).results
    assert any(each.witness for each in notes_of(law.regime, results))
    assert not any(each.witness for each in notes_of(law.regime, results, examples=False))
