"""What claims suppose of duties: `given kept(NAME)`, that nobody has ever been in breach of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeGuard, assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.duty_declaration import BREACH
from checker.model import claim as c
from checker.model.expressions import And, Formula, Implies
from checker.regime.names import Vocabulary
from checker.regime.term_context import Context
from checker.regime.typecheck import Typer

KEPT: Final = "kept"


def says_kept(expr: s.Expr, vocabulary: Vocabulary) -> TypeGuard[s.Ref]:
    """Whether it is about a duty, and no premise of the law's own."""
    if not isinstance(expr, s.Ref) or expr.request is not None or expr.arguments is None:
        return False
    return expr.name.text == KEPT and KEPT not in vocabulary.callables


def supposing(
    decl: d.ClaimDecl, statement: c.Statement | None, context: Context, typer: Typer
) -> tuple[c.Statement | None, tuple[Formula, ...]]:
    """The claim about runs in which the duties are kept that it names, and that they are; reports a duty that
    there is not, and a claim that is about no run.
    """
    given = [each for each in decl.premises if says_kept(each, typer.vocabulary)]
    kept = tuple(_statements(given, context, typer))
    if statement is None or not kept:
        return statement, kept
    found = _about_runs(statement, kept[0] if len(kept) == 1 else And(kept))
    if found is None:
        message = f"`{KEPT}` supposes something of what has happened, and this claim is about no story"
        expected = ("`always …`, `possibly …` or another claim about a story",)
        typer.report.say("misplaced", message, given[0].span, expected=expected)
    return found, kept


def _statements(given: Iterable[s.Ref], context: Context, typer: Typer) -> Iterator[Formula]:
    """Yield that each of the duties has been kept, for the things that are named."""
    for expr in given:
        duty, *things = expr.arguments or ()
        if not isinstance(duty, s.Ref) or duty.request is not None or duty.arguments is not None:
            message = f"`{KEPT}` takes the name of a duty, and then what it is about"
            typer.report.say("misplaced", message, duty.span, expected=(f"`{KEPT}(NAME, …)`",))
            continue
        name = s.Name(f"{BREACH}{duty.name.text}", duty.name.span)
        breach = s.Ref(None, name, tuple(things) or None, expr.span)
        found = typer.formula(s.Negation(s.Historic("ever", (breach,), expr.span), expr.span), context)
        if found is not None:
            yield found


def _about_runs(statement: c.Statement, kept: Formula) -> c.Statement | None:
    """The claim about runs in which duties are kept: up to the situation that it is about, and wherever it
    ends. What has been broken once stays broken, so that to ask at the end is to ask all along. None where a
    claim is about no run.
    """
    match statement:
        case c.Always() | c.EveryRequest() | c.SomeRequest():
            return statement  # the claim's condition is read there, and says it
        case c.AlwaysAfter(formula=formula):
            return replace(statement, formula=Implies(kept, formula))
        case c.PossiblyAfter(formula=formula):
            return replace(statement, formula=And((kept, formula)))
        case c.Possibly():
            return statement
        case c.Leads(goal=goal):
            return replace(statement, goal=And((goal, kept)))
        case c.Eventually() | c.Compare() | c.Difference():
            return None
        case _:
            assert_never(statement)
