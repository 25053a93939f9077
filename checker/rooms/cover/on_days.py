"""What rules say that are in force on some days only: an edit changes that, and not the days, which the
version says.
"""

from __future__ import annotations

from dataclasses import replace

from checker.model.duty import Duty
from checker.model.expressions import And, Formula, Implies, Is, Variable
from checker.model.item import Item
from checker.model.model import Effect, Event, Lapse, Model, Update
from checker.prove.clause_templates import unused


def said_on_its_days(item: Item) -> Formula | None:
    """What an item means on the days on which it is in force; None if its words mean nothing by themselves.
    That the days are such is all that some items say.
    """
    formula = None if item.meaning is None else item.meaning.formula
    for _ in item.days[1:] if item.only_days else item.days:
        if isinstance(formula, Implies):
            formula = formula.conclusion
        elif isinstance(formula, And):
            formula = formula.parts[1]
    return formula


def on_its_days(item: Item, said: Formula) -> Formula:
    """What an item means, said of all days, if it says this on the days on which it is in force."""
    for each in item.days:
        said = each.of(said, excepts=item.kind == "applies-unless")
    return said


def own_condition(rule: Effect | Event | Lapse | Duty) -> Formula | None:
    """When it applies, apart from the days on which the version has it in force: no reading changes these."""
    when = rule.when
    for item in rule.items:
        days = item.days[0].formula if item.only_days else None
        if when == days:
            return None
        if isinstance(when, And) and when.parts[:-1] == (days,):
            when = when.parts[-1]
    return when


def changed_on_its_days(model: Model, update: Update) -> Update:
    """An update whose condition is that it is in force, as a law may write it: for every thing that is its
    first argument, where it is in force. The same update if it has a condition of its own already, or no
    argument: no law may write that.
    """
    if update.where is None or update.variables or update.written or not update.arguments:
        return update
    first, *others = update.arguments
    thing = Variable(unused(model, "the-thing"), model.functions[update.function].parameters[0])
    where = And((Is(thing, first), update.where))
    return replace(update, arguments=(thing, *others), variables=(thing,), where=where)
