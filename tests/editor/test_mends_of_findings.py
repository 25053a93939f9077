"""What is offered about a finding of lint answers it, and the law is a law as before."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from checker.editor.actions import actions
from checker.editor.edits import Action, edited
from checker.editor.index import index_of
from checker.editor.pages import read_pages
from checker.rooms.lint.find import by_reading, in_order, merged
from checker.rooms.lint.finding import Finding
from checker.trusted.load_law import load_texts
from tests.rooms.lint.guests import GUESTS
from tests.rooms.lint.lint_laws import HOUSE, linted

PAGE = "spec/house.md"
PORTER = """
## The porter

> The porter applies section 1.
>
> — By-law 6, verbatim in Gazette 1

```redline
check porter for "By-law 6" at Porter, reject with E6 "no friend"
    "The porter applies section 1." as guests HOW
```
"""
CLAIM = 'claim 1 asked "A claim." from "By-law 1"\n    '
ELSEWHERE = """subject to section 2." not modelled "elsewhere"
check other for "By-law 5" at Door, reject with E5 "x"
    requires friend(sender) inference "x"
    subject to "By-law 2" inference "x"
"""
LIMIT = """quantity Age
state age: optional Age "the age"
```

> No one below 18.
>
> — By-law 7, verbatim in Gazette 1

```redline
check adult for "By-law 7" at Porter, reject with E7 "too young"
    "No one below 18." requires not (age less than 18)"""
STATES = 'state chair: User "the chair" state best: optional User "the best"'


def _house(*more: str) -> dict[str, str]:
    return {PAGE: HOUSE + GUESTS + "".join(f"\n```redline\n{each}\n```\n" for each in more)}


def _guests(old: str, new: str, *more: str) -> dict[str, str]:
    """The house with other words, both in a quote and in a phrase, or with another meaning."""
    (page,) = _house(*more).values()
    assert old in page
    return {PAGE: page.replace(old, new)}


def _porter(how: str) -> dict[str, str]:
    (page,) = _house().values()
    return {PAGE: page + PORTER.replace(" HOW", how)}


def _expecting(*said: str) -> dict[str, str]:
    return _house(
        'modification LESS "x" version new "less" is old with LESS by LESS strike manners',
        CLAIM + "always, for every request r: r accepted\n    " + "\n    ".join(said),
    )


def _read(texts: dict[str, str]) -> tuple[Finding, ...]:
    """All that lint finds without asking."""
    return in_order(merged(by_reading(load_texts(texts))))


def _offered(texts: dict[str, str], found: Iterable[Finding], kind: str) -> list[Action]:
    """What is offered where the one finding of a kind stands, about that."""
    findings = tuple(found)
    (one,) = [each for each in findings if each.kind == kind]
    lines = (one.span.line, one.span.end_line)
    offered = actions(index_of(read_pages(texts, {})), one.span.file, lines, (), findings, [])
    return [each for each in offered if each.of == one]


@pytest.mark.parametrize(
    ("texts", "kind", "title"),
    [
        (_guests("subject to section 2.", "with exceptions."), "subject-to-unsaid", "Say why"),
        (
            _guests("A guest who enters", "A guest who may knock"),
            "value-not-in-meaning",
            "Write Knock for Enter",
        ),
        (_guests("A guest who enters", "A guest who may knock"), "value-not-in-meaning", "Say why"),
        (_guests("A guest who enters", "A guest in the hall"), "value-not-in-words", "Say why"),
        (
            _guests('subject to section 2." subject to "By-law 2"', ELSEWHERE),
            "reference-not-followed",
            "Say why",
        ),
        (_porter(", with its exceptions"), "exceptions-unsaid", "Say why"),
        (_porter(", with its exceptions"), "exceptions-unsaid", "Leave the exceptions out"),
        (
            _guests('"is a friend of the house,"', '"is a friend" "of the house,"'),
            "meaning-shared",
            "Write them as one phrase",
        ),
        (_house(LIMIT), "limit-on-absent", "Say why"),
        (
            _expecting("expect refuted in old", "expect refuted by manners in new"),
            "claim-names-nothing",
            "Expect nothing in new",
        ),
        (_expecting("expect refuted by manners in old, new"), "claim-names-nothing", "Expect nothing in new"),
        (_expecting("expect refuted by manners in new, old"), "claim-names-nothing", "Expect nothing in new"),
        (
            _house(STATES + ' effect crowning\n chair becomes best inference "x"'),
            "value-may-be-absent",
            "Say that",
        ),
        (
            _house(
                STATES
                + ' effect crowning when act is Enter and friend(sender)\n chair becomes best inference "x"'
            ),
            "value-may-be-absent",
            "Say that",
        ),
        (
            _house(CLAIM + "for u: User, v: User always not inside(u) expect refuted in old"),
            "claim-variable-unused",
            "Leave the variable `v` out",
        ),
        (
            _house(CLAIM + "for v: User, u: User always not inside(u) expect refuted in old"),
            "claim-variable-unused",
            "Leave the variable `v` out",
        ),
        (
            _house(CLAIM + "for v: User always for every u: User: not inside(u) expect refuted in old"),
            "claim-variable-unused",
            "Leave the variable `v` out",
        ),
        (
            _house(
                CLAIM + "for u: User always not inside(u) expect refuted in old",
                'lemma l "L.": for every u: User: inside(u)',
            ),
            "lemma-unused",
            "Strike the lemma `l`",
        ),
    ],
)
def test_what_is_offered_answers_the_finding(texts: dict[str, str], kind: str, title: str) -> None:
    """After the edit the law can be loaded, the finding is gone, and no other has come."""
    found = _read(texts)
    (chosen,) = [each for each in _offered(texts, found, kind) if each.title.startswith(title)]
    left = _read(edited(texts, chosen.edits))
    assert kind not in {each.kind for each in left}
    assert {each.kind for each in left} <= {each.kind for each in found}


def test_marks_that_choose_no_story_are_struck() -> None:
    """Of marks that exclude each other, the later one; the law is as without it."""
    mark = 'typical {} "So it is." because "x" means {}'
    first, second = mark.format("one", "act is Enter"), mark.format("two", "act is Leave")
    texts = _house(first, second)
    (chosen,) = _offered(texts, linted(load_texts(texts)).findings, "typical-at-odds")
    assert chosen.title == "Strike the mark `two`"
    after = edited(texts, chosen.edits)[PAGE]
    assert first in after
    assert second not in after
    assert [
        each for each in linted(load_texts({PAGE: after})).findings if each.kind.startswith("typical")
    ] == []


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (_expecting("expect refuted by manners in new"), "claim-names-nothing"),
        (_guests("is a friend of the house", "is a Friendly Man of the house"), "undefined-term"),
        (_guests("section 2.", "section 9."), "clause-absent"),
        (
            _house(
                STATES
                + ' effect two\n chair becomes best inference "x"\n inside(sender) becomes true inference "x"'
            ),
            "value-may-be-absent",
        ),
    ],
)
def test_where_no_edit_is_plain_none_is_offered(texts: dict[str, str], kind: str) -> None:
    """The only verdict that is expected stays; words of the law are not rewritten; no other update waits."""
    assert _offered(texts, _read(texts), kind) == []
