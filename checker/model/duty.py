"""A duty, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.model.expressions import Formula, Sort, Term, Variable
from checker.model.item import Item


@dataclass(frozen=True, slots=True)
class Duty:
    """What the `party`, of the `sort`, shall do by the `day`, where `when` holds: what its items require.
    `nobody`: the term for it may be absent, and then nobody has the duty (`checker.model.duties`).
    """

    name: str
    clause: str
    variables: tuple[Variable, ...]
    party: Term
    sort: Sort
    nobody: bool
    day: Term
    when: Formula | None
    items: tuple[Item, ...]
    span: Span
