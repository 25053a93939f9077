"""What is renamed has the new name everywhere, and the law means what it meant."""

from __future__ import annotations

import pytest

from checker.editor.edits import edited
from checker.editor.index import index_of
from checker.editor.pages import read_pages
from checker.editor.renaming import CannotRename, renamed
from checker.regime.load import load_texts
from tests.support.edited_law import CLAIMS, PROPOSAL, RULES, index, place, starter


def _renamed(file: str, words: str, inner: str, name: str) -> dict[str, str]:
    texts = starter()
    found = index()
    return edited(texts, renamed(found, file, *place(texts[file], words, inner), name))


def _load(texts: dict[str, str]) -> object:
    return load_texts({name: texts[name] for name in (PROPOSAL, RULES)}, {CLAIMS: texts[CLAIMS]})


@pytest.mark.parametrize(
    ("file", "words", "inner", "name"),
    [
        (RULES, "sort Person", "Person", "Human"),
        (RULES, "enum Act", "Act", "Deed"),
        (RULES, 'Merge "merge"', "Merge", "Join"),
        (RULES, "fixed author", "author", "writer"),
        (CLAIMS, "approved(r.change)", "approved", "is-approved"),
        (RULES, "sender: Person", "sender", "who"),
        (RULES, "change: Change", "change", "edit"),
        (RULES, "component Host", "Host", "Server"),
        (RULES, "version before", "before", "as-it-was"),
        (CLAIMS, "in after", "after", "tomorrow"),
        (PROPOSAL, "modification FRESH", "FRESH", "STALE"),
        (RULES, "check approval-first", "approval-first", "first-approval"),
        (RULES, "effect push", "push", "pushing"),
        (RULES, "for every c: Change", "c:", "each"),
        (CLAIMS, "for c: Change", "c:", "it"),
        (CLAIMS, "request r where r.act is Merge:", "r where", "req"),
        (CLAIMS, "claim 2 never-alone", "never-alone", "nobody-alone"),
        (CLAIMS, "claim 2 never-alone", "2", "2b"),
        (CLAIMS, 'from "Rule 3"', "Rule 3", 'Rule "3" bis'),
        (RULES, "Rule 1, verbatim", "Rule 1", "Rule 1A"),
    ],
)
def test_the_law_is_the_same_under_another_name(file: str, words: str, inner: str, name: str) -> None:
    """The renamed law loads, has the name as often as before, and renamed back is the text of before."""
    texts = starter()
    found = _renamed(file, words, inner, name)
    assert found != texts
    _load(found)
    old = inner.partition(" ")[0].rstrip(":") if inner not in ("Rule 3", "Rule 1") else inner
    changed = index_of(read_pages(found, {}))
    at = place(texts[file], words, inner)
    assert edited(found, renamed(changed, file, *at, old)) == texts


def test_places_in_labels_go_with_a_parameter() -> None:
    """`{sender}` in the words for a request is the parameter, so it is renamed too."""
    found = _renamed(RULES, "sender: Person", "sender", "who")
    assert 'request "{who} asks to {act} {change}"' in found[RULES]
    assert "{sender}" not in found[RULES]


def test_quotes_and_prose_are_left_alone() -> None:
    """A word of the law that is also a name stays, in quotes, phrases and headings."""
    found = _renamed(RULES, "state approved", "approved", "passed")
    assert "> A change is approved by somebody other than its author." in found[RULES]
    assert '"A change is approved" applies when' in found[RULES]


@pytest.mark.parametrize(
    ("file", "words", "inner", "name", "why"),
    [
        (RULES, "sort Person", "Person", "Change", "already"),
        (RULES, "sort Person", "Person", "two words", "no name"),
        (RULES, "sort Person", "Person", "where", "no name"),
        (RULES, "sort Person", "Person", "request", "already"),
        (RULES, "state approved", "approved", "merged", "already"),
        (RULES, "for every c: Change", "c:", "author", "another meaning"),
        (RULES, "Somebody proposes", "", "x", "no name here"),
        (CLAIMS, "approved(r.change)", "approved", "", "no name"),
    ],
)
def test_a_name_that_cannot_be_is_refused(file: str, words: str, inner: str, name: str, why: str) -> None:
    """What would be another thing, or no name at all, is refused in words."""
    with pytest.raises(CannotRename, match=why):
        _renamed(file, words, inner, name)
