"""Where expressions stand in a law and its claims: every place that the language has, by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, assert_never

from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.statements import LemmaDecl
from checker.language.typical_declaration import TypicalDecl

Placed: TypeAlias = tuple[str, s.Expr]

MODIFIED = "modification"
READ = "reading"
SAID_ANEW = ("amended", "read")  # an item of any rule, by a modification, by a reading


def placed(decl: d.Declaration) -> Iterator[Placed]:
    """Every expression of a declaration, with its place. What stands in a modification or a reading stands
    in two places: in that, and in what it changes.
    """
    match decl:
        case d.InsertDecl(body=body) | d.ReplaceDecl(body=body):
            yield from _twice(MODIFIED, body)
        case d.ReadingDecl(body=body):
            yield from _twice(READ, body)
        case d.AmendDecl(meaning=meaning):
            yield from _under(MODIFIED, _meaning(meaning, "amended") if meaning is not None else ())
        case d.RemeaningDecl(meaning=meaning):
            yield from _under(READ, _meaning(meaning, "read"))
        case d.AdditionDecl(item=item):
            yield from _under(READ, _meaning(item.meaning, "read"))
        case d.GuardDecl(when=when, day=day):
            for each in (when, day):
                if each is not None:
                    yield READ, each
                    yield "guard of a reading", each
        case d.ClaimDecl():
            yield from _claim(decl)
        case _:
            yield from _rule(decl)


def _twice(outer: str, body: Iterable[d.Declaration]) -> Iterator[Placed]:
    for each in body:
        yield from _under(outer, placed(each))


def _under(outer: str, inner: Iterable[Placed]) -> Iterator[Placed]:
    for place, expr in inner:
        yield outer, expr
        yield place, expr


def _rule(decl: d.Declaration) -> Iterator[Placed]:
    match decl:
        case s.Define(cases=cases):
            yield from _cases(cases)
        case d.NamesDecl(cases=cases):
            yield from (("names", condition) for _, condition in cases if condition is not None)
        case RequestDecl(parameters=parameters):
            yield from (("parameter", each.when) for each in parameters if each.when is not None)
        case d.RouteDecl(stages=stages):
            yield from (("route when", each.when) for each in stages if each.when is not None)
            yield from (("route index", each.index) for each in stages if each.index is not None)
        case d.StartDecl(formula=formula):
            yield "start", formula
        case d.AxiomDecl(formula=formula):
            yield "axiom", formula
        case d.PremiseDecl(formula=formula):
            yield "premise", formula
        case d.CheckDecl(items=items):
            yield from _items(items, "check")
        case d.ExceptionsDecl(items=items):
            yield from _items(items, "chapeau")
        case d.LimbDecl(items=items):
            yield from _items(items, "limb")
        case d.EffectDecl(when=when, items=items):
            yield from [("effect when", when)] if when is not None else []
            yield from _items(items, "effect")
        case d.EventDecl(when=when, items=items):
            yield from [("event when", when)] if when is not None else []
            yield from _items(items, "event")
        case LapseDecl(day=day, when=when, items=items):
            yield "day of a lapse", day
            yield from [("lapse when", when)] if when is not None else []
            yield from _items(items, "lapse")
        case DutyDecl(party=party, day=day, when=when, items=items):
            yield "party of a duty", party
            yield "day of a duty", day
            yield from [("duty when", when)] if when is not None else []
            yield from _items(items, "duty")
        case (
            d.SortDecl() | QuantityDecl() | d.ConstantDecl() | d.EnumDecl() | d.TableDecl() | d.FunctionDecl()
        ):
            return
        case CalendarDecl():
            return
        case d.ComponentDecl() | d.OrderDecl() | d.AbstractionDecl() | SourceDecl() | d.VersionDecl():
            return
        case TypicalDecl():
            return
        case LemmaDecl(formula=formula):
            yield "lemma of the law", formula
        case d.ModificationDecl() | d.StrikeDecl() | d.AmendTableDecl() | d.DeploymentDecl():
            return
        case d.InsertDecl() | d.ReplaceDecl() | d.ReadingDecl() | d.AmendDecl() | d.RemeaningDecl():
            yield from placed(decl)
        case d.AdditionDecl() | d.GuardDecl() | d.ClaimDecl():
            yield from placed(decl)
        case _:
            assert_never(decl)


def _items(items: Iterable[s.ItemSyntax], owner: str) -> Iterator[Placed]:
    for each in items:
        yield from _meaning(each.meaning, owner)


def _meaning(meaning: s.Meaning, owner: str) -> Iterator[Placed]:
    match meaning:
        case s.Clause(kind=kind, formula=formula):
            yield owner if kind == "condition" or owner in SAID_ANEW else f"{owner} {kind}", formula
        case s.Becomes(left=left, value=value):
            yield from _update(left, value, owner)
        case s.Define(cases=cases):
            yield from _cases(cases, "defines")
        case s.SubjectTo() | s.Like() | s.Wordless():
            return
        case _:
            assert_never(meaning)


def _cases(cases: Iterable[s.Case], owner: str = "definition") -> Iterator[Placed]:
    for each in cases:
        yield owner, each.value
        if each.condition is not None:
            yield f"{owner} when", each.condition


def _update(left: s.Expr, value: s.Expr | None, owner: str) -> Iterator[Placed]:
    if isinstance(left, s.Quantifier):
        if left.where is not None:
            yield f"{owner} bulk where", left.where
        left = left.body
    if isinstance(left, s.Ref):
        yield from ((f"{owner} argument", each) for each in left.arguments or ())
    if value is not None:
        yield f"{owner} value", value


# -------------------------------------------------------------------- claims


def _claim(decl: d.ClaimDecl) -> Iterator[Placed]:
    if decl.where is not None:
        yield "claim where", decl.where
    yield from (("given", each) for each in decl.premises)
    if decl.witness is not None:
        yield "witness", decl.witness
    yield from (("lemma", each.formula) for each in decl.lemmas)
    if decl.deployed is not None and decl.deployed.where is not None:
        yield "deployed where", decl.deployed.where
    if decl.statement is not None:
        yield from _statement(decl.statement)


def _statement(statement: st.StatementSyntax) -> Iterator[Placed]:
    match statement:
        case st.AlwaysSyntax(formula=formula):
            yield "always", formula
        case st.AfterSyntax(kind=kind, possibly=possibly, where=where, formula=formula, twice=twice):
            name = f"{'possibly after' if possibly else 'after'} {kind}{' twice' if twice else ''}"
            yield from [(f"{name} where", where)] if where is not None else []
            yield name, formula
        case st.RequestSyntax(where=where, formula=formula):
            name = _of_requests(statement)
            yield from [(f"{name} where", where)] if where is not None else []
            yield name, formula
        case st.PossiblySyntax(formula=formula, steps=steps):
            yield "possibly", formula
            yield from _senders(steps)
        case st.LeadsSyntax(condition=condition, modality=modality, goal=goal, steps=steps):
            yield f"if, then {modality}", condition
            yield f"then {modality}", goal
            yield from _senders(steps)
        case st.EventuallySyntax(condition=condition, goal=goal, justice=justice, steps=steps):
            yield from (("if, then eventually", condition), ("then eventually", goal), ("is made", justice))
            yield from _senders(steps)
        case st.CompareSyntax():
            yield from _compared(statement)
        case st.DifferenceSyntax(changes=changes):
            yield from ((f"newly {each.kind}", each.formula) for each in changes if each.formula is not None)
        case _:
            assert_never(statement)


def _of_requests(statement: st.RequestSyntax) -> str:
    which = "every" if statement.universal else "some"
    return f"{which} request" if statement.reachable else f"{which} request in any situation"


def _senders(steps: Iterable[st.StepSyntax]) -> Iterator[Placed]:
    for step in steps:
        yield from (("senders", each) for each in step.senders)


def _compared(statement: st.CompareSyntax) -> Iterator[Placed]:
    if statement.where is not None:
        yield f"{statement.relation} where", statement.where
    for side in (statement.left, statement.right):
        if isinstance(side, st.EverySyntax) and side.where is not None:
            yield "every deployment where", side.where
