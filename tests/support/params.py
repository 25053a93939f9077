"""Parameters of tests, some of which only show more of what the others show already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")


def with_long(every: Iterable[T], is_long: Callable[[T], bool]) -> list[object]:
    """All of them; the long ones are asked for by `pytest -m long`."""
    return [pytest.param(each, marks=pytest.mark.long) if is_long(each) else each for each in every]


def with_thorough(every: Iterable[T], is_thorough: Callable[[T], bool]) -> list[object]:
    """All of them; the thorough ones are asked for by `pytest -m thorough`, and by CI."""
    return [pytest.param(each, marks=pytest.mark.thorough) if is_thorough(each) else each for each in every]
