"""No form is covered by a default: who adds an expression, a statement or a declaration is told of every
place that must know it.

`mypy` holds `match` statements that end in `assert_never` against the unions; the tests here hold the rest:
that they do end so, that every member is handled, and that a form that nobody knows is refused by name.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, cast, get_args

import pytest

from checker.explore.explorer import places_of
from checker.explore.finite_instance import Instance
from checker.explore.placings import things_of
from checker.language import declarations as d
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
from tests.coverage_of_laws.unions import UNIONS
from tests.support.handed_in import start
from tests.support.keys_to_safes import KEYS
from tests.support.load import load
from tests.support.matches import CHECKER, classes, matches, own_nodes

MEMBERS = {member.__name__ for union in UNIONS.values() for member in get_args(union)}

# Where a form that nobody knows may go on as all others do: module, function -> why that is right.
AS_ALL_OTHERS = {
    ("rooms/lint/idle_words_of_claims.py", "_unused"): "four forms name a variable or request anywhere",
    ("tla/actions.py", "_pinned"): "only effects that surely exclude each other are told apart",
    ("model/reads.py", "_named"): "goes on to `_of_rule`, which refuses what it does not know",
    ("model/rebuild.py", "change"): "None: it is gone through by `rebuilt`, part by part",
    ("model/unparse.py", "_negation"): "`not` stands before any form; some have a word for it",
    ("regime/staged_law.py", "_carried"): "None: it is gone through by `rebuilt`, part by part",
    ("story/case_conditions.py", "_carried"): "one form gives a parameter a value; no other does",
    ("story/of_all_things.py", "phrases_here"): "names are looked up for two forms, wherever they stand",
    ("rooms/diff/counts.py", "_count"): "two forms and their negations say how many there are",
    ("interface/wishes.py", "_wish"): "a wish may always stay unfulfilled",
    ("interface/wishes.py", "give"): "a wish may always stay unfulfilled",
    ("editor/completion.py", "_sort_of"): "beside a term of no known sort, all names are offered alike",
    ("editor/lenses.py", "lenses"): "lines stand over claims and over what a clause is formalised by",
}


# ------------------------------------------------------------------ the source


def _is_default(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def _defaults(match: ast.Match) -> bool:
    """Whether a form that no case names would go on, rather than be refused."""
    wild = [case for case in match.cases if _is_default(case)]
    if len(wild) != 1 or wild[0] is not match.cases[-1] or wild[0].guard is not None:
        return True
    said = ast.unparse(wild[0].body[0])
    return not said.startswith(("assert_never(", "raise "))


def test_no_form_is_covered_by_a_default() -> None:
    """A `match` over expressions, statements or declarations ends in `assert_never`, or is one of the few."""
    defaults = {
        (module, function)
        for module, function, match in matches()
        if MEMBERS & set().union(*map(classes, match.cases)) and _defaults(match)
    }
    assert defaults == AS_ALL_OTHERS.keys()


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("match a:\n case Is(): x\n case _: assert_never(a)", False),
        ("match a:\n case Is(): x\n case _: raise TypeError", False),
        ("match a:\n case Is(): x\n case _: x", True),
        ("match a:\n case Is(): x", True),
        ("match a:\n case _ if y: x\n case _: assert_never(a)", True),
    ],
)
def test_a_default_is_seen(text: str, default: bool) -> None:
    """What the test above calls a default is one."""
    match = ast.parse(text).body[0]
    assert isinstance(match, ast.Match)
    assert _defaults(match) is default


@pytest.mark.parametrize("member", get_args(d.Declaration), ids=lambda member: member.__name__)
def test_every_declaration_is_read_by_the_regime(member: type) -> None:
    """Some module besides those that list names and kinds knows what to do with it. An abstraction is words
    alone, which `assembly` keeps.
    """
    if member is d.AbstractionDecl:
        return
    listing = {"duplicates.py", "program.py", "assembly.py"}
    paths = (path for path in (CHECKER / "regime").glob("*.py") if path.name not in listing)
    names = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    assert any(member.__name__ in (getattr(node, "attr", None), getattr(node, "id", None)) for node in names)


# Where trusted code asks for some forms and lets all others be: module, function -> why that is right.
PICKED = {
    (
        "trusted/replay.py",
        "_would_show",
    ): "with any other form the story is rejected",
    ("trusted/requirements.py", "reason"): "words only",
    (
        "prove/invariant_search.py",
        "_claimed",
    ): "one form speaks of every situation; the search uses no other",
    ("blame/doubted_law.py", "_declared"): "a switch is a fact of its own, or it is plain that it holds",
    ("explore/explorer.py", "_read"): "one form reads two situations; any other is a question of reaching",
    ("explore/explorer.py", "explored"): "the same",
    ("explore/explorer.py", "plan_of"): "the same",
    ("trusted/invariants.py", "_check_words"): "these forms are refused, wherever they stand",
    ("question/same_law.py", "premises_of"): "whatever is no call counts as what the claim says itself",
    ("question/one_by_one.py", "of"): "one form may have such a goal; any other is decided as it stands",
    ("question/question.py", "__init__"): "comparisons are rewritten; any other form stays what it is",
    ("question/question.py", "_asked_of_staged"): "one form is narrowed; any other stays what it is",
    ("question/question.py", "cases"): "one form has cases",
    ("question/question.py", "occurs"): "what has cases is of that form by now",
    ("prove/story_kinds.py", "_ends"): "whatever has no parts is one part",
    ("prove/reached_by_edits.py", "columns_read"): "these parts name columns, wherever they stand",
    ("prove/clause_reasons.py", "_fixed"): "the search knows no value that is said in another way",
    ("prove/clause_reasons.py", "_joined"): "what is no conjunction in a conjunction is a part of it",
    ("prove/clause_reasons.py", "_made"): "the search finds no reason for what is written in another way",
    ("prove/clause_reasons.py", "_not"): "any other form is denied as it stands",
    ("prove/clause_reasons.py", "_renamed"): "one form is a variable, wherever it stands",
    ("prove/clause_reasons.py", "_speaks_of_situations"): "these forms are found, wherever they stand",
    ("prove/clause_reasons.py", "_variables"): "two forms have variables, wherever they stand",
    ("prove/clause_reasons.py", "change"): "one form is a parameter, wherever it stands",
    ("prove/clause_reasons.py", "reasons"): "one form is a function, wherever it stands",
    ("prove/clause_reasons.py", "simplified"): "any other form stays as it is",
    (
        "explore/second_opinion.py",
        "explored_for_story",
    ): "any other is a question of reaching, or not explored",
    ("question/which_laws.py", "_named"): "one form names columns, wherever it stands",
    ("prove/clause_templates.py", "_literals"): "clauses are made of these forms, and of no other",
    ("prove/clause_templates.py", "about"): "clauses are made of these forms, and of no other",
    ("prove/diagrams.py", "_by_name"): "diagrams are made of these forms, and of no other",
    ("prove/diagrams.py", "_is_name"): "diagrams are made of these forms, and of no other",
    ("prove/diagrams.py", "_of_variables"): "diagrams are made of these forms, and of no other",
    ("prove/diagrams.py", "changes"): "one form is a function, wherever it stands",
    ("prove/diagrams.py", "clause"): "one form is a variable, wherever it stands",
    ("prove/diagrams.py", "there"): "one form is a variable, wherever it stands",
    ("prove/clause_templates.py", "denial"): "what is no denial is denied",
    ("prove/clause_templates.py", "_sensible"): "clauses are made of these forms, and of no other",
    ("prove/clause_templates.py", "atom"): "what is no denial is its own atom",
    ("prove/clause_templates.py", "said"): "any other form is said of nothing in particular",
    ("question/witness.py", "_wanted"): "what an implication speaks of; any other speaks of every situation",
    ("logic/encode_steps.py", "match"): "a place that is a variable of `for every`",
    ("model/under_way.py", "outcomes"): "one form is an outcome, wherever it stands",
    ("prove/assumptions.py", "suppositions"): "only a call is a premise by name",
    ("explore/second_opinion.py", "counted_up_to"): "only counts need more things than one",
    ("model/counted.py", "_different"): "one form is a variable, wherever it stands",
    ("model/rebuild.py", "with_variables"): "one form is a variable, wherever it stands",
    ("model/clashing_writes.py", "_by_place"): "a place that is a variable of `for every`",
    ("model/clashing_writes.py", "_different"): "two named things differ; nothing is known of any others",
    ("model/clashing_writes.py", "_placed"): "arguments that are named; nothing is known of any others",
    ("model/clashing_writes.py", "_said"): "two forms name values; nothing is known of any others",
    ("model/clashing_writes.py", "change"): "one form is a variable, wherever it stands",
    ("model/quantities.py", "amount"): "one form is worked out; of any other, the value is the number",
    ("model/orders.py", "bounded"): "one form is a value that the law writes; any other is a term",
    ("model/orders.py", "order_of"): "one form has no sort; it is never compared",
    ("model/orders.py", "stepped"): "one form is steps from another",
    ("model/speaks_of_numbers.py", "speaks_of_numbers"): "one form compares numbers, wherever it stands",
    ("model/quantities.py", "is_date"): "one form has no sort",
    ("model/unparse.py", "_period"): "one form is a number that is written with a word",
    ("model/thresholds.py", "thresholds"): "one form is a number, wherever it stands",
    ("model/thresholds.py", "periods"): "one form is a number, wherever it stands",
    ("prove/amounts.py", "_tried"): "one form is the present day, wherever it stands",
    ("prove/amounts.py", "_day"): "one form has no sort",
    ("logic/encode_expressions.py", "_denominator"): "one form need not be whole",
}


def _picks(function: ast.FunctionDef) -> Iterator[str]:
    """The members of the unions that a function tells by `isinstance`."""
    for node in own_nodes(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
            names = {part.attr for part in ast.walk(node.args[1]) if isinstance(part, ast.Attribute)}
            names |= {part.id for part in ast.walk(node.args[1]) if isinstance(part, ast.Name)}
            yield from names & MEMBERS


def test_trusted_code_picks_no_form_without_a_reason() -> None:
    """What tells forms apart by `isinstance` says nothing of those that it was not written for."""
    found = {
        (str(path.relative_to(CHECKER)), function.name)
        for package in ("model", "logic", "question", "trusted", "explore", "blame", "prove")
        for path in sorted((CHECKER / package).rglob("*.py"))
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and any(_picks(function))
    }
    assert found == PICKED.keys()


# Where one form that binds variables is asked for, and another is not.
SOME_BINDING = {
    ("question/one_by_one.py", "of"): "a goal of every thing",
    ("prove/clause_templates.py", "said"): "clauses of an invariant say `for every`",
    ("story/clauses.py", "clause_sentence"): "clauses of an invariant say `for every`",
    ("rooms/audit/check.py", "_parts"): "only what is said of every thing has rows that break it",
    ("regime/typed_items.py", "update"): "`for every … becomes` is no formula",
    ("editor/names_in_expressions.py", "meaning"): "`for every … becomes` is no formula",
    ("explore/second_opinion.py", "counted_up_to"): "other quantifiers do not count",
    ("story/facts_that_decide.py", "_of_counted"): "of other quantifiers, one thing decides, or all alike",
}


def test_what_binds_is_known_wherever_one_form_is() -> None:
    """Where `isinstance` asks for one form that binds variables, it asks for all of them."""
    some = set()
    for path in sorted(CHECKER.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                picked = set(_picks(function))
                if bool(picked & {"Quantifier", "Quantified"}) is not ("Counted" in picked):
                    some.add((str(path.relative_to(CHECKER)), function.name))
    assert some == SOME_BINDING.keys()


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
@pytest.mark.parametrize("name", HANDLED)
def test_every_expression_is_handled(name: str, expression: e.Expression, value: object) -> None:
    """Nobody who reads expressions stumbles over one; what cannot be said is refused in so many words."""
    if name == "TLA+" and isinstance(expression, e.Before):
        return  # is asked of steps only
    if name == "TLA+" and expression in NUMERIC:
        with pytest.raises(Unsayable):
            HANDLED[name](expression)
        return
    assert HANDLED[name](expression) is not None or value is None


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
