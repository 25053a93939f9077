"""The names of what every law with dates has: the present day, and the step by which time passes."""

from __future__ import annotations

from typing import Final

from checker.model.expressions import DATE, Apply

TODAY: Final = "today"
"""The function without arguments that is the present day, if a law speaks of it."""

PRESENT_DAY: Final = Apply(TODAY, (), DATE)
"""The present day, as a term."""

TIME: Final = "time"
"""The event by which `TODAY` becomes a later day."""

BUILT_IN: Final = "built in"
"""Stands for a file, where redline itself declares what a law with dates has."""

MONTHS_PAGE: Final = "built in for months"
"""The same, for laws that count in months."""
