"""No form is covered by a default: who adds an expression, a statement or a declaration is told of every
place that must know it.

`mypy` holds `match` statements that end in `assert_never` against the unions; the tests here hold the rest:
that they do end so, that every member is handled, and that a form that nobody knows is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, cast, get_args

import pytest

from checker.explore.explorer import places_of
from checker.explore.finite_instance import Instance
from checker.explore.placings import things_of
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.model import claim as c
from checker.model import expressions as e
from checker.model.environment import Environment
from checker.model.made_of import within
from checker.model.meaning import holds, term_value
from checker.model.reads import reads
from checker.model.rebuild import rebuilt
from checker.model.situation import Request
from checker.model.under_way import unaskable
from checker.model.unparse import unparse
from checker.question.jobs import Job, names_columns
from checker.question.question import Question
from checker.question.verdict import Evidence
from checker.question.which_laws import starts
from checker.question.witness import witness_of
from checker.question.workbench import Workshop
from checker.regime.definitions import parts_of
from checker.regime.duplicates import _single, given_by
from checker.regime.names import Report
from checker.regime.program import declared_name
from checker.regime.stratify import _Walker
from checker.regime.term_context import text_of
from checker.rooms.cover.formula_variants import variants
from checker.rooms.diff.conditions import remoteness
from checker.story.facts_that_decide import deciding
from checker.story.phrases import Phrases
from checker.tla.formulas import Scope, Unsayable
from checker.tla.law_module import law_of
from checker.trusted import requirements
from tests.support.handed_in import start
from tests.support.keys_to_safes import KEYS
from tests.support.load import load

# ----------------------------------------------------------------- every member


LAW = load(KEYS, "")
MODEL = LAW.model(LAW.parse_column("loose"))
LIGHT, PERSON, SAFE = (MODEL.sorts[name] for name in ("Light", "Person", "Safe"))
NOW = e.Apply("light", (), LIGHT)
AMBER, GREEN, RED = (e.Value(LIGHT, name) for name in ("Amber", "Green", "Red"))
MARKED = e.Apply("marked", (e.Variable("p", PERSON),), e.FACT)
SEVEN = e.Value(e.NUMBER, "7")
NUMERIC = (
    e.Arithmetic("plus", (SEVEN, SEVEN), e.NUMBER),
    e.Arithmetic("share down", (SEVEN,), e.NUMBER, Fraction(1, 2)),
    e.Ordered(SEVEN, "at most", SEVEN),
    e.Ordered(SEVEN, "less than", SEVEN),
)
NO, YES = e.Truth(value=False), e.Truth(value=True)

# In a world where the light was red and is amber, and `p`, who is ann and asks for the key, is marked now.
VALUES: tuple[tuple[e.Expression, str | bool | None], ...] = (
    (e.Variable("p", PERSON), "ann"),
    (e.Parameter("r", "sender", PERSON), "ann"),
    (AMBER, "Amber"),
    (e.Constant(PERSON, "Bank"), "Bank"),
    (e.Absent(), None),
    (NOW, "Amber"),
    (e.Call("next", (NOW,), LIGHT), "Green"),
    (e.Cases(((RED, NO),), GREEN, LIGHT), "Green"),
    (e.Before(NOW, LIGHT), "Red"),
    (e.VersionOf("Gate", None, MODEL.sorts["Version"]), "loose"),
    *zip(NUMERIC[:2], ("14", "3"), strict=True),
    (YES, True),
    *zip(NUMERIC[2:], (True, False), strict=True),
    (e.Ordered(NOW, "at least", GREEN), False),
    (e.Ordered(NOW, "at least", e.Arithmetic("minus", (GREEN, SEVEN), LIGHT)), True),
    (e.Is(NOW, AMBER), True),
    (e.Matches(NOW, RED), False),
    (e.Present(NOW), True),
    (e.In(NOW, (RED, GREEN)), False),
    (e.Not(MARKED), False),
    (e.And((MARKED, NO)), False),
    (e.Or((MARKED, NO)), True),
    (e.Implies(MARKED, NO), False),
    (e.Iff(NO, NO), True),
    (
        e.Quantified(
            universal=True,
            variables=(e.Variable("x", LIGHT),),
            where=None,
            body=e.Is(e.Variable("x", LIGHT), NOW),
        ),
        False,
    ),
    (e.Counted("at least", 1, e.Variable("x", LIGHT), e.Is(e.Variable("x", LIGHT), NOW)), True),
    (e.StepIs("turn"), True),
    (e.Outcome("accepted", "r"), True),
    (MARKED, True),
    (e.Before(MARKED), False),
)
EXPRESSIONS = pytest.mark.parametrize(
    ("expression", "value"), VALUES, ids=[f"{type(each).__name__}-{said}" for each, said in VALUES]
)


def _environment() -> Environment:
    return Environment(
        MODEL,
        start(light="Amber", marked="ann"),
        before=start(),
        variables={"p": "ann"},
        requests={"r": Request({"sender": "ann", "act": "Take", "safe": "box"})},
        rules=LAW.rules(LAW.parse_column("loose")),
        step_event="turn",
    )


def _problem(statement: str = "always light is not Off") -> tuple[Question, Any]:
    law = load(KEYS, f'claim 1 a "A." from "K"\n    {statement}\n    expect proved in loose\n')
    question = Question(law, Job(law.claims[0], law.parse_column("loose")))
    return question, question.problem(Workshop(law, 0))


def _encoded(expression: Any) -> object:
    _, problem = _problem("for p: Person, r: request always, after event turn: true")
    state = problem.system.base
    scope = problem.scope(state, before=state, events={"turn": problem.terms.true})
    return problem.encoder.term(expression, scope)


def _written(expression: Any) -> object:
    law = law_of(MODEL, LAW.parse_column("loose"))
    names = law.lexicon.names.copy()
    scope = Scope(names, {"p": "p"}, requests={"r": "r"}, event="step")
    return law.writer.term(expression, scope)


def _ground(expression: Any) -> object:
    question, problem = _problem("for p: Person, r: request always, after event turn: true")
    things = things_of(problem, {})
    places, *_ = places_of(problem, question.statement, question.asking, things)
    state = problem.system.base
    scope = problem.scope(state, before=state, events={"turn": problem.terms.true})
    read = problem.encoder.term(expression, scope)
    return Instance(problem, things, places, 1).ground(read.present)


HANDLED: dict[str, Callable[[Any], object]] = {
    "evaluate": lambda expression: term_value(expression, _environment()),
    "encode": _encoded,
    "unparse": unparse,
    "reads": lambda expression: reads(MODEL, expression),
    "how near to the reader": remoteness,
    "TLA+": _written,
    "finite instances": _ground,
    "in words": lambda expression: Phrases(MODEL).words(expression),
}
OF_FORMULAS: dict[str, Callable[[Any], object]] = {
    "holds": lambda formula: holds(formula, _environment()),
    "edits": lambda formula: tuple(variants(formula)),
    "said": lambda formula: Phrases(MODEL).said(formula),
    "what decides": lambda formula: tuple(deciding(formula, _environment())),
    "encoded": lambda formula: _problem()[1].encoder.formula(formula, _problem()[1].scope(None)),
}


def test_every_expression_has_an_example() -> None:
    """The examples are of all members, as terms and as formulas."""
    assert {type(each) for each, _ in VALUES} == {*get_args(e.Term), *get_args(e.Formula)}


@EXPRESSIONS
def test_every_expression_means_something(expression: e.Expression, value: str | bool | None) -> None:
    """The reference meaning is the one worked out by hand."""
    assert term_value(expression, _environment()) == value


@EXPRESSIONS
def test_every_expression_is_handled(expression: e.Expression, value: object) -> None:
    """Nobody who reads expressions stumbles over one; what cannot be said is refused in so many words."""
    for name, handled in HANDLED.items():
        if name == "TLA+" and isinstance(expression, e.Before):
            continue  # is asked of steps only
        if name == "TLA+" and expression in NUMERIC:
            with pytest.raises(Unsayable):
                handled(expression)
        else:
            assert handled(expression) is not None or value is None, name


@pytest.mark.parametrize(
    ("formula", "value"),
    [pytest.param(each, value, id=type(each).__name__) for each, value in VALUES if isinstance(value, bool)],
)
def test_every_formula_is_handled(formula: e.Formula, value: bool) -> None:
    """The same of what reads formulas only: none is refused, and no edit leaves a formula as it was."""
    assert OF_FORMULAS["holds"](formula) is value
    assert formula not in [edit for _, edit in variants(formula)]
    assert isinstance(OF_FORMULAS["what decides"](formula), tuple)


# ------------------------------------------------------- a form that nobody knows


NOWHERE = Span("", 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Strange:
    """A form that is no member of any union."""

    body: e.Formula = NO
    sort: e.Sort = e.FACT
    span: Span = NOWHERE
    columns: tuple[str, ...] = ()


@pytest.mark.parametrize("name", [*HANDLED, *OF_FORMULAS])
def test_a_strange_expression_is_refused(name: str) -> None:
    """Each of them fails for what it does not know: no form is true, false or absent for want of a case."""
    handle = {**HANDLED, **OF_FORMULAS}[name]
    with pytest.raises((AssertionError, TypeError)) as refused:
        handle(Strange())
    assert "Strange" in str(refused.value)


def test_what_goes_through_all_parts_goes_through_strange_ones() -> None:
    """Walkers that are generic see the parts of a form that did not exist when they were written."""
    inner = e.Not(MARKED)
    assert MARKED in within(Strange(inner))
    changed = rebuilt(cast("Any", Strange(inner)), lambda part: NO if part == MARKED else None)
    assert changed == Strange(e.Not(NO))


@pytest.mark.parametrize("handle", [parts_of, text_of], ids=lambda handle: handle.__name__)
def test_a_strange_expression_as_written_is_refused(handle: Callable[[Any], object]) -> None:
    """The same of expressions before names are resolved."""
    with pytest.raises(AssertionError):
        handle(Strange())


def test_a_strange_expression_has_no_place_in_stratification() -> None:
    """Quantifiers in a form that nobody knows would not be seen."""
    with pytest.raises(AssertionError):
        _Walker({}, {}, frozenset(), Report()).walk(cast("s.Expr", Strange()))


def _there_is_one(decl: Any) -> list[object]:
    return [*_single(decl)]


@pytest.mark.parametrize(
    "handle", [given_by, declared_name, _there_is_one], ids=lambda handle: handle.__name__
)
def test_a_strange_declaration_is_refused(handle: Callable[[Any], object]) -> None:
    """A declaration that nobody knows introduces a name, or none: that is not guessed."""
    with pytest.raises(AssertionError):
        handle(Strange())


def _of_questions() -> dict[str, Callable[[Question, c.Claim], object]]:
    strange = cast("c.Statement", Strange())
    proved = Evidence()
    return {
        "is it about requests": lambda _question, _claim: c.is_of_requests(strange),
        "does it name columns": lambda _question, claim: names_columns(claim),
        "can it be asked of requests under way": lambda _question, claim: unaskable(claim),
        "what would show that it is not empty": lambda _question, claim: witness_of(claim, strange),
        "does it compare": lambda _question, _claim: c.compares(strange),
        "does it compare orders": lambda _question, _claim: c.is_of_orders(strange),
        "does one story prove it": lambda _question, _claim: c.is_existential(strange),
        "which last steps does it speak of": lambda _question, _claim: c.last_steps(strange),
        "what is to be reached": lambda question, _claim: question.asking,
        "does it say always": lambda question, _claim: question.universal,
        "does its story start at a start": lambda _question, _claim: starts(strange),
        "how deep may strategies be": lambda question, _claim: requirements.deepest(question),
        "what evidence may it have": lambda question, _claim: [
            *requirements.unneeded(question, "proved", proved)
        ],
        "what must be replayed": lambda question, _claim: requirements.replay(question, "proved", proved),
        "what must be unsatisfiable": lambda question, _claim: [
            *requirements.obligations(question, _problem()[1], "proved", proved)
        ],
    }


@pytest.mark.parametrize("name", _of_questions())
def test_a_strange_statement_is_refused(name: str) -> None:
    """Nothing is proved or refuted of a statement that nobody knows, whatever evidence there is."""
    question, _ = _problem()
    claim = replace(question.job.claim, statement=cast("c.Statement", Strange()))
    question.statement = claim.statement
    with pytest.raises((AssertionError, TypeError)) as refused:
        _of_questions()[name](question, claim)
    assert "Strange" in str(refused.value)
