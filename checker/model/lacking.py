"""What a model does not have of all that statements speak of."""

from __future__ import annotations

from checker.model import model as m
from checker.model.expressions import FACT, Absent, Apply, Call, Parameter, Sort
from checker.model.made_of import within
from checker.model.reads import Kind, declared, reads


def lacking(model: m.Model, *roots: object) -> str | None:
    """The name of something that the roots mention and the model does not have, if there is one. A function,
    definition, premise or parameter of the same name that is of other sorts is another.
    """
    kinds: tuple[Kind, ...]
    kinds = ("definition", "premise", "function", "parameter", "constant", "component", "calendar")
    things = reads(model, *roots, outcomes=False).things
    absent = (each.name for each in things if each.kind in kinds and declared(model, each) is None)
    events = (each.name for each in things if each.kind == "event" and each.name not in model.events)
    others = filter(None, (_of_other_sorts(model, part) for part in within(*roots)))
    return min((*absent, *events, *others), default=None)


def _of_other_sorts(model: m.Model, part: object) -> str | None:
    """The name that the part uses, if what has this name in the model is of other sorts."""
    if isinstance(part, Apply):
        function = model.functions.get(part.function)
        known = None if function is None else (function.result, function.parameters)
        return None if known is None or _used_as(part, *known) else part.function
    if isinstance(part, Call):
        called = model.definitions.get(part.definition) or model.premises.get(part.definition)
        if called is None:
            return None
        result = called.result if isinstance(called, m.Definition) else FACT
        sorts = tuple(each.sort for each in called.parameters)
        return None if _used_as(part, result, sorts) else part.definition
    if isinstance(part, Parameter):
        carried = (each for each in model.request if each.name == part.name)
        return next((each.name for each in carried if each.sort.name != part.sort.name), None)
    return None


def _used_as(part: Apply | Call, result: Sort, parameters: tuple[Sort, ...]) -> bool:
    """Whether a function or definition of these sorts is meant, by the names of the sorts."""
    given = [None if isinstance(each, Absent) else each.sort.name for each in part.arguments]
    fits = len(given) == len(parameters) and all(
        own in (None, each.name) for own, each in zip(given, parameters, strict=True)
    )
    return fits and part.sort.name == result.name
