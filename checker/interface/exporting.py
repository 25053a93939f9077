"""The law and claims as TLA+: what `export` does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.interface.named_claims import chosen_claims
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.model.model import Model
from checker.model.speaks_of_numbers import speaks_of_numbers
from checker.model.speaks_of_the_past import law_with_a_past_refused
from checker.prove.left_out import LeftOut, left_out_of, speaks_of_nothing
from checker.regime.names import nearest_name
from checker.regime.regime import Regime
from checker.results.exported import Exported, exported_of
from checker.tla.all_modules import bundle_of
from checker.tla.symbol_names import things_sorts

MOST_THINGS: Final = 9  # of one sort: more than any model checker goes through


def export(
    law: LoadedLaw, claims: Sequence[str], version: str | None, things: Mapping[str, int], command: str
) -> Exported:
    """Return modules for a column (without any, the last version) and claims (without any, all that can be
    asked there). `things`: how many there are of a sort, named ones apart.
    """
    regime = law.regime
    chosen = atomic_column(regime, version or str(list(regime.versions)[-1]))
    model = regime.model(chosen)
    _check_no_numbers(model)
    _check_no_past(model)
    for name, count in things.items():
        _check_count(model, name, count)
    named = chosen_claims(regime, claims)
    elsewhere = tuple(_elsewhere(regime, named, chosen))
    others = {each.claim.name for each in elsewhere if each.claim is not None}
    try:
        bundle = bundle_of(regime, chosen, [each for each in named if each.name not in others], things)
    except RecursionError as wrong:
        message = "the rules nest too deep to be exported"
        raise SpecError((Diagnostic("too-deep", message, None),)) from wrong
    counts = tuple(f"{name}={count}" for name, count in things.items())
    told = command or law.command(("export", *claims), ("--version", (str(chosen),)), ("--things", counts))
    return exported_of(chosen, bundle, elsewhere, told, shipped=law.shipped)


def _elsewhere(regime: Regime, claims: Sequence[Claim], column: Column) -> Iterator[LeftOut]:
    """Yield the claims that are about other columns or, whatever is expected, words of other versions."""
    yield from left_out_of(regime, claims, (column,))
    for claim in claims:
        reason = speaks_of_nothing(regime, claim, column)
        if reason is not None and any(each.column == column for each in claim.expectations):
            yield LeftOut(claim, column, reason)


def _check_no_numbers(model: Model) -> None:
    """Refuses a law with quantities, of which TLC would have to try all values."""
    found = speaks_of_numbers(model)
    if found is not None:
        message = f"a law with quantities cannot be exported as TLA+: {found[0]}"
        notes = ("a model checker of TLA+ goes through all values, and numbers have no end",)
        raise SpecError((Diagnostic("not-exported", message, found[1], notes=notes),))


def _check_no_past(model: Model) -> None:
    """Refuses a law that, itself or by its claims, speaks of what has been."""
    refused = law_with_a_past_refused(model, "a module of TLA+ says", by_claims=True)
    if refused is not None:
        raise SpecError((refused,))


def _check_count(model: Model, name: str, count: int) -> None:
    sorts = [each.name for each in things_sorts(model)]
    if name not in sorts:
        named = tuple(f"`{each}`" for each in sorts)
        message, nearest = f"there is no sort `{name}` of things", nearest_name(name, sorts)
        raise SpecError((Diagnostic("unknown-name", message, None, named, nearest),))
    if not 1 <= count <= MOST_THINGS:
        message = f"`{name}={count}` is not a sort and a number from 1 to {MOST_THINGS}, such as `{name}=2`"
        raise SpecError((Diagnostic("bad-option", message, None),))
