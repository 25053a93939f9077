"""Claims and columns that are left out, with the reason, so that all of them are reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.model.claim import Claim, Column
from checker.model.lacking import lacking
from checker.model.reads import words_of
from checker.question.jobs import names_columns
from checker.regime.regime import Regime


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that is not asked in a column (None: in any column); without a claim, a column for which no
    claim has an expectation. `reason`: a sentence without its subject: “names the columns that it is about”.
    """

    claim: Claim | None
    column: Column | None
    reason: str


def why_not(claim: Claim, deployed: Iterable[str]) -> str | None:
    """Why the claim is not asked in a column with these versions deployed; None if it can be."""
    if names_columns(claim):
        return "names the columns that it is about"
    if claim.leaves_out(deployed) is not None:
        return f"is about deployments over {' and '.join(claim.over)} alone"
    return None


def why_not_in(regime: Regime, claim: Claim, column: Column) -> str | None:
    """Why the claim is not asked in the column; None if it can be."""
    return why_not(claim, frozenset(regime.deployed(column).values())) or speaks_of_nothing(
        regime, claim, column
    )


def speaks_of_nothing(regime: Regime, claim: Claim, column: Column) -> str | None:
    """Why the claim cannot be asked, if it mentions something that a version in the column does not have."""
    names = (lacking(each, *words_of(claim)) for each in regime.rules(column).values())
    name = next((each for each in names if each is not None), None)
    return None if name is None else f"mentions `{name}`, which is not declared there"


def left_out_of(regime: Regime, claims: Iterable[Claim], columns: Iterable[Column]) -> Iterator[LeftOut]:
    """Yield the claims that cannot be asked in one of the columns, unless their authors expect a verdict."""
    asked = tuple(columns)
    for claim in claims:
        expected = {each.column for each in claim.expectations}
        for column in asked:
            reason = None if column in expected else why_not_in(regime, claim, column)
            if reason is not None:
                yield LeftOut(claim, column, reason)


def never_asked(regime: Regime) -> Iterator[LeftOut]:
    """Yield the versions and deployments for which no claim has an expectation."""
    expected = {each.column.base for claim in regime.claims for each in claim.expectations}
    for name in (*regime.versions, *regime.deployments):
        if name not in expected:
            reason = f"no claim has an expectation there; `--version {name}` asks all claims"
            yield LeftOut(None, Column(name), reason)
