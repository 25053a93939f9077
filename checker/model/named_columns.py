"""The column that a claim means by one that it names."""

from __future__ import annotations

from dataclasses import replace

from checker.model.claim import Column


def named_in(asked: Column, named: Column) -> Column:
    """The column that a claim means by `named` when it is asked of `asked`: readings and dropped suppositions
    of both apply. Where readings take one thing in two ways, those that the claim names count.
    """
    readings = (*(each for each in asked.readings if each not in named.readings), *named.readings)
    without = tuple(dict.fromkeys(named.without + asked.without))
    return replace(asked, base=named.base, readings=readings, without=without)
