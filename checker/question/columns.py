"""The rules and deployments of columns, as questions read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from checker.model.claim import Column
from checker.model.mixture import with_the_same_kinds
from checker.model.model import Model
from checker.model.named_columns import named_in
from checker.model.situation import Instance


class Columns(Protocol):
    """What an engine needs to know about a loaded spec."""

    def rules(self, column: Column) -> Mapping[str, Model]: ...
    def deployed(self, column: Column) -> Mapping[Instance, str]: ...
    def parse_column(self, text: str) -> Column: ...


def rules_with(regime: Columns, column: Column, versions: Iterable[str]) -> Mapping[str, Model]:
    """The rules of the column, and of further versions that may be deployed in it, by version."""
    rules = dict(regime.rules(column))
    for name in versions:
        rules |= regime.rules(replace(column, base=name))
    return with_the_same_kinds(rules)


def column_rules(
    regime: Columns, column: Column, text: str
) -> tuple[Mapping[str, Model], Mapping[Instance, str]]:
    """The rules and deployment that `in COLUMN` means when a claim is asked of `column`: the readings and
    dropped suppositions of `column` apply there too, and it is staged if `column` is.
    """
    full = column_named(regime, column, text)
    return regime.rules(full), regime.deployed(full)


def column_named(regime: Columns, column: Column, text: str) -> Column:
    """The column that `in COLUMN` means when a claim is asked of `column`."""
    return named_in(column, regime.parse_column(text))
