"""What is offered mends what it says."""

from __future__ import annotations

import pytest

from checker.editor.actions import actions
from checker.editor.edits import Action, edited
from checker.editor.index import index_of
from checker.editor.pages import read_pages
from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.load import load_texts
from tests.support.edited_law import CLAIMS, PROPOSAL, RULES, index, starter


def _wrong(texts: dict[str, str]) -> tuple[Diagnostic, ...]:
    try:
        load_texts({name: texts[name] for name in (PROPOSAL, RULES)}, {CLAIMS: texts[CLAIMS]})
    except SpecError as error:
        return error.diagnostics
    return ()


def _offered(texts: dict[str, str]) -> tuple[Action, ...]:
    wrong = _wrong(texts)
    assert wrong
    found = index_of(read_pages(texts, {}))
    (span,) = {each.span for each in wrong[:1]}
    assert span is not None
    return actions(found, span.file, (span.line, span.end_line), wrong, (), [CLAIMS])


@pytest.mark.parametrize(
    ("file", "old", "new", "title"),
    [
        (RULES, "requires approved(change)", "requires aproved(change)", "Write approved"),
        (CLAIMS, "expect refuted in before", "expect refuted in befor", "Write before"),
        (RULES, '"by somebody other than its author."', '"by somebody othr than its author."', "Write "),
        (
            RULES,
            '    "only if it is approved." requires approved(change)\n',
            "",
            "Tile the rest of the quote as `connective`",
        ),
        (
            RULES,
            '    "may push to a change, and" applies when act is Push\n',
            "",
            "Tile the rest of the quote as `not modelled`",
        ),
        (
            RULES,
            '    "A change is approved" applies when act is Approve\n',
            "",
            "Tile the rest of the quote as `connective`",
        ),
        (
            RULES,
            ' inference "that is what approving is"',
            "",
            "Say why: add `inference`",
        ),
        (
            RULES,
            '"by somebody other than its author."',
            "“by somebody other than its author.”",
            "Write straight",
        ),
        (RULES, "state merged(Change)", "// merged\nstate merged(Change)", "Write a comment"),
        (RULES, "state merged(Change)", "state merged(Change);", "Leave `;` out"),
        (RULES, "```redline\nsort Person", "```redlin\nsort Person", "Write the tag"),
        (RULES, "```redline\nsort Person", "```\nsort Person", "Write the tag"),
        (RULES, "```redline\nsort Person", "```\nredline\nsort Person", "Write the tag"),
        (RULES, "with FRESH\n```\n", "with FRESH\n", "Close the fence behind line "),
        (CLAIMS, "in before, after\n```\n", "in before, after\n", "Close the fence behind line "),
        (RULES, ">\n> — Rule 2, verbatim in Handbook\n", "", "Say where the quote comes from"),
        (CLAIMS, '    from "Rule 1"\n', "", "Say where the claim is from"),
        (
            CLAIMS,
            "    expect refuted in before\n    expect proved in after\n",
            "",
            "Expect that it is refuted in before, after",
        ),
    ],
)
def test_what_is_offered_mends_the_mistake(file: str, old: str, new: str, title: str) -> None:
    """After the edit, the diagnostic is gone, and no other has come."""
    texts = {**starter(), file: starter()[file].replace(old, new, 1)}
    offered = _offered(texts)
    (chosen,) = [each for each in offered if each.title.startswith(title)][:1]
    left = _wrong(edited(texts, chosen.edits))
    assert isinstance(chosen.of, Diagnostic)
    assert chosen.of.code not in {each.code for each in left}
    assert len(left) < len(_wrong(texts)) or left == ()


def test_a_claim_is_made_for_a_clause() -> None:
    """The claim has the next number, cites the clause, stands on a page of claims, and can be loaded."""
    texts = starter()
    found = index()
    line = texts[RULES].split("\n").index("> — Rule 2, verbatim in Handbook") + 1
    (made,) = actions(found, RULES, (line, line), (), (), [CLAIMS])
    assert made.title == "Make a claim for Rule 2"
    after = edited(texts, made.edits)
    assert {name for name in texts if after[name] != texts[name]} == {CLAIMS}
    assert 'from "Rule 2"' in after[CLAIMS]
    assert "claim 4 " in after[CLAIMS]
    assert _wrong(after) == ()


def test_where_nothing_is_wrong_nothing_is_offered() -> None:
    """A line without a clause or a mistake has no action."""
    assert actions(index(), RULES, (1, 1), (), (), [CLAIMS]) == ()
