"""Types the declarations of the request, its route, and the names of things."""

from __future__ import annotations

from checker.language import declarations as d
from checker.language.request_declaration import RequestDecl
from checker.model import model as m
from checker.model.expressions import Formula, Variable
from checker.model.reads import reads
from checker.regime.labels import parameter_words
from checker.regime.names import Report
from checker.regime.namespaces import taken_by
from checker.regime.quantities import refused
from checker.regime.term_context import RULE, STATE
from checker.regime.typed_rules import Ruler


def request_of(decl: RequestDecl, ruler: Ruler) -> tuple[m.RequestParameter, ...]:
    """The parameters of the request. Its sender is the first one whose sort has no values."""
    found = []
    for parameter in decl.parameters:
        sort = ruler.vocabulary.request.get(parameter.name.text)
        if sort is None:
            continue
        when: Formula | None = None
        if parameter.when is not None:
            when = ruler.typer.formula(parameter.when, RULE)
        name = parameter.name
        optional, label = parameter.optional, parameter_words(parameter.label, ruler.report)
        found.append(m.RequestParameter(name.text, sort, optional, when, name.span, label))
    sender = next((each for each in found if each.sort.has_things), None)
    if sender is None:
        expected = ("a first parameter for the sender, of a sort without values",)
        ruler.report.say("wrong-type", "this request has no sender", decl.span, expected=expected)
    elif sender.optional or sender.when is not None:
        why = f"`{sender.name}` is the sender, because it is the first parameter of a sort without values"
        wanted = (f"`{sender.name}: {sender.sort.name}`", "another sender before it")
        message = f"{why}: every request must carry it"
        ruler.report.say("no-sender", message, sender.span, expected=wanted)
    return tuple(found)


def report_conditions(model: m.Model, report: Report) -> None:
    """Reports a parameter whose presence depends on something that changes, or on a later parameter."""
    for at, parameter in enumerate(model.request):
        used = reads(model, parameter.when)
        changing = [f"`{name}` changes" for name in sorted(used.functions) if model.functions[name].state]
        changing += [f"what is deployed at `{name}` changes" for name in sorted(used.of("component"))]
        later = [each.name for each in model.request[at:] if each.name in used.parameters]
        if changing or later:
            why = changing[0] if changing else f"`{later[0]}` does not come before it"
            message = f"whether `{parameter.name}` is carried cannot depend on this: {why}"
            report.say("unsettled", message, parameter.span)


def route_of(decl: d.RouteDecl, ruler: Ruler) -> tuple[m.Stage, ...]:
    """The stages of the route."""
    found = []
    for stage in decl.stages:
        name = stage.component
        if name.text not in ruler.vocabulary.components:
            ruler.report.unknown("component", name.text, name.span, ruler.vocabulary.components)
            continue
        index = ruler.typer.instance(name, stage.index, RULE, stage.span)
        when = ruler.typer.formula(stage.when, RULE) if stage.when else None
        if index is not False:
            found.append(m.Stage(name.text, None if index is True else index, when, stage.span))
    return tuple(found)


def name_rule_of(decl: d.NamesDecl, ruler: Ruler) -> m.NameRule | None:
    """How things of a sort are named; None if the sort doesn't exist."""
    sort = ruler.vocabulary.sort(decl.sort, ruler.report)
    if sort is None or refused(sort, decl.sort, "what has a name", ruler.report):
        return None
    kind = taken_by(decl.variable.text, sort, ruler.vocabulary)
    if kind is not None:
        ruler.typer.has_meaning(decl.variable, kind)
    variable = Variable(decl.variable.text, sort)
    branches, otherwise = [], sort.name
    for label, condition in decl.cases:
        formula = ruler.typer.formula(condition, STATE.binding((variable,))) if condition else None
        if formula is not None:
            branches.append((label, formula))
        elif condition is None:
            otherwise = label
    return m.NameRule(sort, variable, tuple(branches), otherwise)
