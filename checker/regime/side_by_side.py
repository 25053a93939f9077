"""Two specifications side by side: the columns of one, and those of another as `former-…`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.model.expressions import VERSION
from checker.model.mixture import kind_of
from checker.model.model import Model
from checker.model.reads import said
from checker.model.situation import Instance
from checker.regime.regime import Regime

FORMER: Final = "former-"
"""The prefix of the columns of the other specification."""


@dataclass(frozen=True, slots=True)
class SideBySide(Regime):
    """A regime with the columns of another regime, `former`, in addition to its own; made by `beside`."""

    former: Regime | None = None

    def model(self, column: Column) -> Model:
        other = self._of_former(column)
        return Regime.model(self, column) if other is None else self._former.model(other)

    def rules(self, column: Column) -> Mapping[str, Model]:
        other = self._of_former(column)
        return Regime.rules(self, column) if other is None else self._former.rules(other)

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        other = self._of_former(column)
        return Regime.deployed(self, column) if other is None else self._former.deployed(other)

    @property
    def _former(self) -> Regime:
        assert self.former is not None
        return self.former

    def _of_former(self, column: Column) -> Column | None:
        if not column.base.startswith(FORMER):
            return None
        return replace(column, base=column.base.removeprefix(FORMER))


def beside(regime: Regime, former: Regime) -> Regime:
    """The regime, with the columns of another one as `former-…` besides its own.

    Raises SpecError if requests and situations differ, so that nothing can be compared.
    """
    mine, other = (each.model(Column(each.first_version)) for each in (regime, former))
    found = next(_differences(mine, other), None)
    if found is not None:
        message = f"the two specifications cannot be compared, because they differ in {found}"
        raise SpecError((Diagnostic("not-comparable", message, None),))
    known = regime.vocabulary
    vocabulary = replace(
        known,
        versions=known.versions | {f"{FORMER}{each}" for each in former.vocabulary.versions},
        readings=known.readings | former.vocabulary.readings,
        suppositions=known.suppositions | former.vocabulary.suppositions,
    )
    names = (each.name for each in fields(Regime) if each.init and each.name != "vocabulary")
    return SideBySide(**{name: getattr(regime, name) for name in names}, vocabulary=vocabulary, former=former)


def _differences(mine: Model, other: Model) -> Iterator[str]:
    """Yield the differences in what requests and situations consist of."""
    sorts = [{name: each for name, each in model.sorts.items() if name != VERSION} for model in (mine, other)]
    yield from (f"the sort `{name}`" for name in _unlike(*sorts))
    functions = [{name: kind_of(each) for name, each in model.functions.items()} for model in (mine, other)]
    yield from (f"the function `{name}`" for name in _unlike(*functions))
    constants = [{name: each.sort for name, each in model.constants.items()} for model in (mine, other)]
    yield from (f"the constant `{name}`" for name in _unlike(*constants))
    if said(mine.request) != said(other.request):
        yield "what a request carries"
    components = [{name: each.index for name, each in model.components.items()} for model in (mine, other)]
    yield from (f"the component `{name}`" for name in _unlike(*components))


def _unlike(mine: Mapping[str, object], other: Mapping[str, object]) -> Iterator[str]:
    yield from (name for name in dict.fromkeys((*mine, *other)) if mine.get(name) != other.get(name))
