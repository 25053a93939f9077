"""What two models say besides deciding requests, and what their rules rest on besides their own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.model.expressions import Expression
from checker.model.model import Model, Table
from checker.model.uses import alike, used_by


@dataclass(frozen=True, slots=True)
class Resting:
    """What expressions are made of besides their own words: definitions, premises and tables, by name; None
    where there is no such definition or table.
    """

    bodies: tuple[tuple[str, Expression | None], ...]
    tables: tuple[tuple[str, Table | None], ...]


def resting_on(model: Model, said: Iterable[object]) -> Resting:
    """What the expressions use in the model, directly or through definitions."""
    bodies: dict[str, Expression] = {name: each.body for name, each in model.definitions.items()}
    bodies |= {name: each.formula.formula for name, each in model.premises.items()}
    used = used_by(said, bodies)
    tables = {name: each.table for name, each in model.functions.items()}
    return Resting(
        tuple((name, bodies.get(name)) for name in sorted(used.definitions)),
        tuple((name, tables[name]) for name in sorted(used.functions) if name in tables),
    )


def reads_alike(old: Model, new: Model, said: Iterable[object]) -> bool:
    """Whether expressions mean the same in both models: they use the same definitions and tables."""
    kept = tuple(said)
    return alike(resting_on(old, kept), resting_on(new, kept))


def not_compared(old: Model, new: Model) -> Iterator[str]:
    """Yield what differs between two models besides what they decide: what requests and events change, what
    is supposed (a rule differs also if what it rests on does), and words that claims may use.
    """
    for kind, before, after in zip(
        ("effect", "event", "axiom", "premise"), _rules(old), _rules(new), strict=True
    ):
        for name in dict.fromkeys((*before, *after)):
            one, other = before.get(name), after.get(name)
            if not alike(one, other) or not reads_alike(old, new, (one,)):
                yield f"the {kind} {name}"
    if not alike(old.start, new.start) or not reads_alike(old, new, old.start):
        yield "where stories start"
    for kind, words, others in zip(("definition", "table of"), _words(old), _words(new), strict=True):
        for name in dict.fromkeys((*words, *others)):
            if not alike(words.get(name), others.get(name)):
                yield f"the {kind} {name}"


def _rules(model: Model) -> tuple[Mapping[str, object], ...]:
    """What does not decide, by kind and name."""
    effects = {each.name: each for each in model.effects}
    axioms = {each.name: each for each in model.axioms}
    premises = {name: (each.parameters, each.formula.formula) for name, each in model.premises.items()}
    return effects, model.events, axioms, premises


def _words(model: Model) -> tuple[Mapping[str, object], ...]:
    """What definitions and tables say, by name."""
    definitions = {name: (each.parameters, each.body) for name, each in model.definitions.items()}
    tables = {name: each.table for name, each in model.functions.items() if each.table is not None}
    return definitions, tables
