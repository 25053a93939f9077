"""In the source, no form is covered by a default, and trusted code picks none without a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest

from checker.language import declarations as d
from tests.coverage_of_laws.unions import UNIONS
from tests.support.matches import CHECKER, classes, matches, own_nodes
from tests.support.sources import parsed

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
    ("model/shapes.py", "shapes_in"): "two forms name shapes; any other says something else",
    ("rooms/diff/counts.py", "_count"): "two forms and their negations say how many there are",
    ("interface/wishes.py", "_wish"): "a wish may always stay unfulfilled",
    ("interface/wishes.py", "give"): "a wish may always stay unfulfilled",
    ("editor/completion.py", "_sort_of"): "beside a term of no known sort, all names are offered alike",
    ("prove/written_literals.py", "_compares"): "what is no plain statement compares nothing",
    ("model/unseen_breaches.py", "_reckoned"): "any other day is reckoned from nothing but itself",
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
    assert member.__name__ in _read_by_the_regime()


@cache
def _read_by_the_regime() -> frozenset[str]:
    listing = {"duplicates.py", "program.py", "assembly.py"}
    paths = (path for path in (CHECKER / "regime").glob("*.py") if path.name not in listing)
    nodes = (node for path in paths for node in ast.walk(parsed(path)))
    return frozenset(
        node.id if isinstance(node, ast.Name) else node.attr
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
    )


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
    ("prove/reached_by_edits.py", "_columns_named"): "these parts name columns, wherever they stand",
    ("prove/clause_reasons.py", "_fixed"): "the search knows no value that is said in another way",
    ("prove/clause_reasons.py", "_joined"): "what is no conjunction in a conjunction is a part of it",
    ("prove/clause_reasons.py", "_made"): "the search finds no reason for what is written in another way",
    ("prove/clause_reasons.py", "_not"): "any other form is denied as it stands",
    ("prove/clause_reasons.py", "_renamed"): "one form is a variable, wherever it stands",
    ("prove/clause_reasons.py", "_speaks_of_situations"): "these forms are found, wherever they stand",
    ("prove/clause_reasons.py", "free_variables"): "two forms have variables, wherever they stand",
    ("prove/clause_reasons.py", "change"): "one form is a parameter, wherever it stands",
    ("prove/clause_reasons.py", "reasons"): "one form is a function, wherever it stands",
    ("prove/clause_reasons.py", "simplified"): "any other form stays as it is",
    (
        "explore/second_opinion.py",
        "explored_for_story",
    ): "any other is a question of reaching, or not explored",
    ("question/which_laws.py", "_named"): "one form names columns, wherever it stands",
    ("prove/clause_templates.py", "_literals"): "clauses are made of these forms, and of no other",
    ("prove/clause_templates.py", "_ordered"): "clauses are made of these forms, and of no other",
    ("prove/clause_templates.py", "about"): "clauses are made of these forms, and of no other",
    ("prove/diagrams.py", "_by_name"): "diagrams are made of these forms, and of no other",
    ("prove/diagrams.py", "_is_name"): "diagrams are made of these forms, and of no other",
    ("prove/diagrams.py", "_of_variables"): "diagrams are made of these forms, and of no other",
    ("prove/diagrams.py", "change"): "one form is written out, wherever it stands",
    ("prove/diagrams.py", "changes"): "one form is a function, wherever it stands",
    ("prove/diagrams.py", "drawn"): "what things are called in diagrams is a variable or a value",
    ("prove/written_literals.py", "_compares"): "what is no plain statement compares nothing",
    ("prove/written_literals.py", "_of_variables"): "what says more than of a situation is left out",
    ("prove/written_literals.py", "_shapes"): "any other form is no literal, or a plain one",
    ("prove/written_literals.py", "change"): "one form is a parameter, wherever it stands",
    ("prove/written_literals.py", "written"): "one form is a function, wherever it stands",
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
    ("model/rebuild.py", "_variables"): "one form is a variable, wherever it stands",
    ("model/reckoned.py", "change"): "one form counts by a calendar, wherever it stands",
    ("model/clashing_writes.py", "_by_place"): "a place that is a variable of `for every`",
    ("model/clashing_writes.py", "_different"): "two named things differ; nothing is known of any others",
    ("model/clashing_writes.py", "_placed"): "arguments that are named; nothing is known of any others",
    ("model/clashing_writes.py", "_said"): "two forms name values; nothing is known of any others",
    ("model/clashing_writes.py", "change"): "one form is a variable, wherever it stands",
    ("model/quantities.py", "amount"): "one form is worked out; of any other, the value is the number",
    ("model/shapes.py", "is_shape"): "one form is a parameter of a request",
    ("model/shapes.py", "shapes_in"): "two forms name shapes; any other says something else",
    ("model/lasting.py", "lasting"): "one form says how long something has been",
    ("model/lasting.py", "promised"): "one form says what is to come within a period",
    ("model/orders.py", "bounded"): "one form is a value that the law writes; any other is a term",
    ("model/orders.py", "order_of"): "one form has no sort; it is never compared",
    ("model/orders.py", "stepped"): "one form is steps from another",
    ("model/speaks_of_numbers.py", "speaks_of_numbers"): "one form compares numbers, wherever it stands",
    ("model/quantities.py", "is_date"): "one form has no sort",
    ("model/unparse.py", "_period"): "one form is a number that is written with a word",
    ("model/thresholds.py", "thresholds"): "one form is a number, wherever it stands",
    ("model/unparse.py", "_worked_out"): "one form is a rule that is written there; any other is not",
    ("model/thresholds.py", "months_counted"): "one form is a period of months, wherever it stands",
    (
        "model/unseen_breaches.py",
        "_plainly",
    ): "calls and the past hide what else is named",
    (
        "model/unseen_breaches.py",
        "_on_another_day",
    ): "one form reads a place; others hide one",
    ("model/unseen_breaches.py", "_is_past"): "one form is of the past",
    ("model/thresholds.py", "_working_periods"): "one form is a period of working days, wherever it stands",
    ("model/thresholds.py", "periods"): "one form is a number, wherever it stands",
    ("prove/amounts.py", "_tried"): "one form is the present day, wherever it stands",
    ("prove/amounts.py", "_day"): "one form has no sort",
    ("logic/encode_expressions.py", "_denominator"): "one form need not be whole",
    (
        "model/lacking.py",
        "_of_other_sorts",
    ): "three forms name what has sorts of its own, wherever they stand",
    ("model/lacking.py", "_used_as"): "one form has no sort",
}


def _picks(function: ast.FunctionDef) -> Iterator[str]:
    """The members of the unions that a function tells by `isinstance`."""
    for node in own_nodes(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            names = {part.attr for part in ast.walk(node.args[1]) if isinstance(part, ast.Attribute)}
            names |= {part.id for part in ast.walk(node.args[1]) if isinstance(part, ast.Name)}
            yield from names & MEMBERS


def test_trusted_code_picks_no_form_without_a_reason() -> None:
    """What tells forms apart by `isinstance` says nothing of those that it was not written for."""
    found = {
        (str(path.relative_to(CHECKER)), function.name)
        for package in ("model", "logic", "question", "trusted", "explore", "blame", "prove")
        for path in sorted((CHECKER / package).rglob("*.py"))
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef) and any(_picks(function))
    }
    assert found == PICKED.keys()


# Where one form that binds variables is asked for, and another is not.
SOME_BINDING = {
    ("question/one_by_one.py", "of"): "a goal of every thing",
    ("prove/clause_templates.py", "said"): "clauses of an invariant say `for every`",
    ("prove/diagrams.py", "change"): "a count is not written out, and is left out where it is not decided",
    ("story/clauses.py", "clause_sentence"): "clauses of an invariant say `for every`",
    ("rooms/audit/check.py", "_parts"): "only what is said of every thing has rows that break it",
    ("regime/typed_items.py", "update"): "`for every … becomes` is no formula",
    ("regime/moves.py", "bound_and_changed"): "`for every … becomes` is no formula",
    ("editor/names_in_expressions.py", "meaning"): "`for every … becomes` is no formula",
    ("explore/second_opinion.py", "counted_up_to"): "other quantifiers do not count",
    ("story/facts_that_decide.py", "_of_counted"): "of other quantifiers, one thing decides, or all alike",
}


def test_what_binds_is_known_wherever_one_form_is() -> None:
    """Where `isinstance` asks for one form that binds variables, it asks for all of them."""
    some = set()
    for path in sorted(CHECKER.rglob("*.py")):
        for function in ast.walk(parsed(path)):
            if isinstance(function, ast.FunctionDef):
                picked = set(_picks(function))
                if bool(picked & {"Quantifier", "Quantified"}) is not ("Counted" in picked):
                    some.add((str(path.relative_to(CHECKER)), function.name))
    assert some == SOME_BINDING.keys()
