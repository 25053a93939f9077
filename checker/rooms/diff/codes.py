"""Checks with their codes, in words."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.model import Check
from checker.story.wording import clause_and_name, listed


def checks_with_codes(checks: Sequence[Check]) -> str:
    """Name each check, with its code; those without one stand last, together."""
    coded = [f"{clause_and_name(each.clause, each.name)}: {each.code}" for each in checks if each.code]
    bare = [clause_and_name(each.clause, each.name) for each in checks if not each.code]
    last = [f"{listed(bare, 'and')}, without a published code"] if bare else []
    return " and ".join((*coded, *last))
