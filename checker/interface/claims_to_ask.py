"""Which claims `prove` asks where, which it leaves out and why; that nothing was asked is no success."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.interface.loaded_law import LoadedLaw, column_called
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.model.under_way import unaskable
from checker.prove.left_out import LeftOut, left_out_of, never_asked, why_not_in
from checker.question.jobs import Job, jobs_for
from checker.regime.regime import Regime
from checker.report.not_asked import left_out_paragraphs
from checker.report.paper import text_of
from checker.report.summary import is_main


def chosen_jobs(
    regime: Regime, claims: Sequence[Claim], columns: Sequence[str], *, quick: bool
) -> tuple[Job, ...]:
    """Return what is to be decided: what the claims expect; where columns are named, every claim that can be
    asked there.
    """
    if not columns:
        return jobs_for(tuple(claims), everything=not quick)
    jobs = [
        job
        for each in columns
        for column in (column_called(regime, each),)
        for job in _in_column(regime, claims, column, quick=quick)
    ]
    return tuple({(each.claim.name, each.column, each.by): each for each in jobs}.values())


def _in_column(regime: Regime, claims: Sequence[Claim], column: Column, *, quick: bool) -> Iterator[Job]:
    """Yield what authors expect in a column (and, of a version, in its readings), and the other claims."""
    for claim in claims:
        expected = jobs_for((claim,), everything=not quick or column != Column(column.base))
        within = [each for each in expected if _within(each.column, column)]
        yield from within
        if not any(each.column == column for each in within) and why_not_in(regime, claim, column) is None:
            yield Job(claim, column)


def _within(column: Column, wanted: Column) -> bool:
    return column == wanted or (is_main(wanted) and replace(column, readings=(), without=()) == wanted)


def not_asked(
    regime: Regime, claims: Sequence[Claim], columns: Sequence[str], jobs: Sequence[Job], *, named: bool
) -> tuple[LeftOut, ...]:
    """Return what is left out of those claims, and the columns that nobody asks about.

    `named`: somebody named the claims, so no others were to be asked.
    """
    named_columns = [column_called(regime, each) for each in columns]
    left_out = tuple(left_out_of(regime, claims, named_columns))
    known = {each.claim.name for each in left_out if each.claim is not None} | {
        each.claim.name for each in jobs
    }
    reason = "expects nothing of a version or deployment as it stands; ask without `--quick`"
    dropped = (LeftOut(each, None, unaskable(each) or reason) for each in claims if each.name not in known)
    return (*left_out, *dropped, *(() if named or columns else never_asked(regime)))


def check_claims(law: LoadedLaw) -> None:
    """Raise SpecError if there is no claim at all: then nothing was asked, and nothing is shown."""
    if not law.regime.claims:
        raise nothing_asked("there is no claim to be asked", law)


def nothing_asked(message: str, law: LoadedLaw, left_out: Sequence[LeftOut] = ()) -> SpecError:
    """The diagnostic for a run that asks nothing, with what was looked at."""
    claims = law.regime.claims
    count = f"{len(claims)} claim{'s' * (len(claims) != 1)} in them"
    reasons = tuple(text_of([each]).strip() for each in tuple(left_out_paragraphs(left_out))[1:])
    expected = () if claims else ('`claim NUMBER NAME "…"` in a `redline` fence of a file `….md`',)
    notes = (f"looked at {law.looked_at}: {count}", *reasons)
    return SpecError((Diagnostic("nothing-asked", message, None, expected, notes=notes),))
