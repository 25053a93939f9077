"""Typed formulas and terms as text of the rule language, with as few parentheses as necessary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from checker.language.syntax import NUMERALS
from checker.model import expressions as e
from checker.model import months, quantities, working_days
from checker.model.commencement import Days
from checker.model.expressions import Expression, Formula, Term
from checker.model.lasting import lasting
from checker.model.model import Update
from checker.model.rebuild import with_variables
from checker.model.self_maps import is_or_inside, says_inside

# How tightly a form binds; a part that binds less tightly than its place requires is put in parentheses.
_QUANTIFIER, _IFF, _IMPLIES, _OR, _AND, _SINCE, _NOT, _COMPARISON, _SUM, _FACTORED, _TERM = range(11)


_LAST = date.max.toordinal()
_LAST_DAY = quantities.written(e.DATE, str(_LAST))


def unparse(expression: Expression) -> str:
    """The text of a formula or term; reading it back gives the same expression."""
    return _text(expression)[0]


def update_text(update: Update) -> str:
    """An update as it is written in the rule language."""
    if update.written:
        return update.written
    changed = f"{_applied(update.function, update.arguments)} becomes {unparse(update.value)}"
    if not update.variables:
        return changed
    return f"for every {_bound(update.variables, update.where)}: {changed}"


def days_text(days: Sequence[Days]) -> str:
    """On which days something is in force, ending in a colon; empty for all days."""
    if not days:
        return ""
    said = [
        f"from {day} on" if each.come else f"before {day}"
        for each in days
        for day in (unparse(each.commencement.day),)
    ]
    return f"{', '.join(said)}: "


def _at(expression: Expression, level: int) -> str:
    text, own = _text(expression)
    return text if own >= level else f"({text})"


def _text(expression: Expression) -> tuple[str, int]:
    """The text, and how tightly it binds."""
    match expression:
        case e.Value() if expression.sort.is_quantity:
            return _number(expression)
        case e.Variable() | e.Value() | e.Constant():
            return expression.name, _TERM
        case e.Arithmetic():
            return _worked_out(expression)
        case e.Parameter(request=request, name=name):
            return f"{request}.{name}" if request else name, _TERM
        case e.Absent():
            return "absent", _TERM
        case e.Apply(arguments=arguments, history=e.History() as history):
            return _been(history, arguments)
        case e.Apply() if says_inside(expression):
            return _pair("is inside", expression.arguments), _COMPARISON
        case e.Apply(function=name, arguments=arguments):
            return _applied(name, arguments), _TERM
        case e.Call(definition=name, arguments=arguments, request=request):
            return _applied(f"{request}.{name}" if request else name, arguments), _TERM
        case e.Cases():
            return _cases(expression), _QUANTIFIER
        case e.Before(body=body):
            return f"before {_at(body, _TERM)}", _TERM
        case e.VersionOf(component=component, index=index):
            return f"version({component}{f'[{unparse(index)}]' if index is not None else ''})", _TERM
        case (
            e.Truth()
            | e.Is()
            | e.Matches()
            | e.Ordered()
            | e.Present()
            | e.In()
            | e.Not()
            | e.And()
            | e.Or()
            | e.Implies()
            | e.Iff()
            | e.Quantified()
            | e.Counted()
            | e.StepIs()
            | e.Outcome()
        ):
            return _formula(expression)
        case _:
            assert_never(expression)


def _number(value: e.Value) -> tuple[str, int]:
    """A number; a negative one is what is left of nothing, since a law writes no minus sign."""
    text = quantities.written(value.sort, value.name)
    if value.sort.is_date:
        return _date(value)
    return (f"0 minus {text[1:]}", _SUM) if text.startswith("-") else (text, _TERM)


def _date(value: e.Value) -> tuple[str, int]:
    """A date; one before those that a law can write is so many days before the first of them."""
    day, text = int(value.name), quantities.written(value.sort, value.name)
    return (text, _TERM) if 0 < day <= _LAST else _in_days(day)


def _in_days(day: int) -> tuple[str, int]:
    first, word, days = ("1 January 0001", "minus", 1 - day) if day < 1 else (_LAST_DAY, "plus", day - _LAST)
    return f"{first} {word} {days} days", _SUM


def _period(term: Term) -> str:
    """What is added to a date, or subtracted from it."""
    plain = isinstance(term, e.Value) and not term.name.startswith("-")
    return f"{term.name} days" if plain and isinstance(term, e.Value) else _at(term, _FACTORED)


def _worked_out(term: e.Arithmetic) -> tuple[str, int]:
    first = term.parts[0]
    match term.operator:
        case "minus" if quantities.is_date(first) and not quantities.is_date(term):
            return f"days from {_at(term.parts[1], _TERM)} to {_at(first, _TERM)}", _FACTORED
        case "months":
            word = "plus" if term.factor >= 0 else "minus"
            rule = term.parts[1]
            ending = f" ({rule.name})" if isinstance(rule, e.Value) else ""
            return f"{_at(first, _SUM)} {word} {months.written(abs(int(term.factor)))}{ending}", _SUM
        case "working days" if term.calendar is not None:
            word, said = "plus" if term.factor >= 0 else "minus", working_days.written(abs(int(term.factor)))
            return f"{_at(first, _SUM)} {word} {said} ({term.calendar.name})", _SUM
        case "plus" | "minus" if quantities.is_date(term):
            days = (f" {term.operator} {_period(each)}" for each in term.parts[1:])
            return f"{_at(first, _SUM)}{''.join(days)}", _SUM
        case "least" | "greatest" if quantities.is_date(term):
            word = "earliest" if term.operator == "least" else "latest"
            return f"{word} of ({', '.join(map(unparse, term.parts))})", _TERM
        case "plus" | "minus":
            rest = (f" {term.operator} {_at(each, _FACTORED)}" for each in term.parts[1:])
            return f"{_at(first, _SUM)}{''.join(rest)}", _SUM
        case "least" | "greatest":
            return f"{term.operator} of ({', '.join(map(unparse, term.parts))})", _TERM
        case "times":
            return f"{term.factor} times {_at(first, _TERM)}", _FACTORED
        case "share" | "share down" | "share up":
            how = {"share": "", "share down": " rounded down", "share up": " rounded up"}[term.operator]
            return f"{quantities.percent(term.factor)} per cent of {_at(first, _TERM)}{how}", _FACTORED
        case "working days":
            raise AssertionError("working days have a calendar")
        case _:
            assert_never(term.operator)


def _applied(name: str, arguments: tuple[Term, ...]) -> str:
    return f"{name}({', '.join(unparse(each) for each in arguments)})" if arguments else name


_RIGID: Final = (e.Variable, e.Parameter, e.Value, e.Constant)


def _rigid(arguments: tuple[Term, ...]) -> bool:
    """Whether the arguments are the same now as they were then."""
    return all(isinstance(each, _RIGID) for each in arguments)


def _named_first(history: e.History, arguments: tuple[Term, ...]) -> tuple[tuple[e.Variable, ...], str]:
    """Names for what is read now, and what binds them."""
    names = tuple(
        e.Variable(f"it-{number}", each.sort) for number, each in enumerate(history.variables, start=1)
    )
    same = e.And(tuple(e.Is(each, name) for each, name in zip(arguments, names, strict=True)))
    return names, _bound(names, same)


def _lasted(history: e.History, arguments: tuple[Term, ...], period: Term) -> tuple[str, int]:
    """What has been for so long."""
    if not _rigid(arguments):
        names, bound = _named_first(history, arguments)
        return f"for some {bound}: {_lasted(history, names, period)[0]}", _QUANTIFIER
    given = {v.name: each for v, each in zip(history.variables, arguments, strict=True)}
    said = _at(with_variables(history.parts[0], given), _NOT)
    return f"{said} for at least {_period(period)}", _SINCE


def _pair(word: str, terms: tuple[Term, ...]) -> str:
    return f" {word} ".join(_at(each, _SUM) for each in terms)


def _been(history: e.History, arguments: tuple[Term, ...]) -> tuple[str, int]:
    """What has been, with the arguments in place of what the parts speak of. A term there would be read as of
    then; so one that is read now is named first.
    """
    if not _rigid(arguments):
        names, bound = _named_first(history, arguments)
        return f"for some {bound}: {_been(history, names)[0]}", _QUANTIFIER
    given = {v.name: each for v, each in zip(history.variables, arguments, strict=True)}
    parts = [_at(with_variables(each, given), _NOT) for each in history.told]
    match history.how:
        case "ever" | "breached":
            return f"ever {parts[0]}", _NOT
        case "since" | "as of":
            return f" {history.how} ".join(parts), _SINCE
        case "beginning of":
            return f"beginning of ({unparse(with_variables(history.parts[0], given))})", _TERM
        case _:
            assert_never(history.how)


def _cases(cases: e.Cases) -> str:
    parts = [f"{unparse(value)} when {unparse(condition)}" for value, condition in cases.branches]
    if cases.otherwise is not None:
        parts.append(f"{unparse(cases.otherwise)} otherwise")
    return ", ".join(parts)


def _formula(formula: Formula) -> tuple[str, int]:
    match formula:
        case e.Truth(value=value):
            return "true" if value else "false", _TERM
        case e.Is(left=left, right=right):
            return f"{_at(left, _SUM)} is {_at(right, _SUM)}", _COMPARISON
        case e.Matches(left=left, right=right):
            return f"{_at(left, _SUM)} matches {_at(right, _SUM)}", _COMPARISON
        case e.Ordered() if (found := lasting(formula)) is not None:
            return _lasted(found.history, found.began.arguments, found.period)
        case e.Ordered(left=left, how=how, right=right):
            said = quantities.how_said(left, how)
            return f"{_at(left, _SUM)} {said} {_at(right, _SUM)}", _COMPARISON
        case e.Present(term=term):
            return f"{_at(term, _SUM)} is present", _COMPARISON
        case e.In():
            return _member(formula, "in"), _COMPARISON
        case e.Not(body=body):
            return _negation(body)
        case e.And(parts=parts):
            return _joined(parts, "and", _AND, "true")
        case e.Or(parts=(e.Is() as same, e.Apply() as inside)) if is_or_inside(same, inside):
            return _pair("is or inside", inside.arguments), _COMPARISON
        case e.Or(parts=parts):
            return _joined(parts, "or", _OR, "false")
        case e.Implies(premise=premise, conclusion=conclusion):
            return f"{_at(premise, _OR)} implies {_at(conclusion, _IMPLIES)}", _IMPLIES
        case e.Iff(left=left, right=right):
            return f"{_at(left, _IFF)} iff {_at(right, _IMPLIES)}", _IFF
        case e.Quantified():
            return _quantified(formula), _QUANTIFIER
        case e.Counted(how=how, number=number, variable=variable, body=body):
            things = f"{NUMERALS[number - 1]} {variable.name}: {variable.sort.name}"
            return f"{how} {things} where {unparse(body)}", _QUANTIFIER
        case e.StepIs(event=event):
            return f"step is {event}", _COMPARISON
        case e.Outcome():
            return _outcome(formula), _COMPARISON
        case e.Apply() | e.Call() | e.Before():
            return _text(formula)
        case _:
            assert_never(formula)


def _member(member: e.In, word: str) -> str:
    values = ", ".join(_at(value, _TERM) for value in member.values)
    return f"{_at(member.term, _SUM)} {word} {{{values}}}"


def _negation(body: Formula) -> tuple[str, int]:
    """`is not`, `is absent` and `not in` where the language has a word for it."""
    match body:
        case e.Apply() if says_inside(body):
            return _pair("is not inside", body.arguments), _COMPARISON
        case e.Is(left=left, right=right):
            return f"{_at(left, _SUM)} is not {_at(right, _SUM)}", _COMPARISON
        case e.Present(term=term):
            return f"{_at(term, _SUM)} is absent", _COMPARISON
        case e.In():
            return _member(body, "not in"), _COMPARISON
        case e.Not(body=e.Is() | e.Present() | e.In()):
            return f"not ({unparse(body)})", _NOT  # “is not” within it could be read as a slip
        case _:
            return f"not {_at(body, _NOT)}", _NOT


def _joined(parts: tuple[Formula, ...], word: str, level: int, empty: str) -> tuple[str, int]:
    if not parts:
        return empty, _TERM
    if len(parts) == 1:
        return _text(parts[0])
    return f" {word} ".join(_at(part, level + 1) for part in parts), level


def _quantified(formula: e.Quantified) -> str:
    which = "every" if formula.universal else "some"
    return f"for {which} {_bound(formula.variables, formula.where)}: {unparse(formula.body)}"


def _bound(variables: tuple[e.Variable, ...], where: Formula | None) -> str:
    bound = ", ".join(f"{variable.name}: {variable.sort.name}" for variable in variables)
    return bound if where is None else f"{bound} where {_at(where, _IFF)}"


def _outcome(outcome: e.Outcome) -> str:
    text = f"{outcome.request} {_word(outcome)}"
    if outcome.column is not None:
        plain = " " not in outcome.column
        text += f" in {outcome.column}" if plain else f" in ({outcome.column})"
    if outcome.changes:
        text += " with " + ", ".join(f"{name} {_at(value, _TERM)}" for name, value in outcome.changes)
    return text


def _word(outcome: e.Outcome) -> str:
    match outcome.kind:
        case "accepted":
            return "accepted"
        case "rejected":
            return f"rejected by {outcome.by}" if outcome.by else "rejected"
        case "passes" | "fails" | "fails only":
            return f"{outcome.kind} {outcome.by}"
        case "exempted":
            clause = (outcome.by or "").replace('"', '\\"')
            return f'exempted by "{clause}"'
        case _:
            assert_never(outcome.kind)
