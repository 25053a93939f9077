"""An edit of the law, said as a modification: it decides what the edited law would decide."""

from __future__ import annotations

import pytest

from checker.interface.redrafting import Names, Redraft, redraft
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.fingerprint import Fingerprints
from checker.model.model import Model
from checker.trusted.load_law import load_texts
from tests.support.places import PERMITS

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
LINE = LAW[: LAW.index("requires lives(sender, street)")].count("\n") + 1
FILE, PAGE = "permits.md", "mine.md"
NAMES = Names("MINE", "mine", "old", "an edit of my own", PAGE)

REPAIRED = """\
    "the office." sender is Office
```

> (y) a resident.
>
> — By-law 2(y), verbatim in Gazette 7

```redline
limb "By-law 2(y)" of "By-law 2"
    "(y)" connective
    "a resident." kind is Resident
```
"""
LIVES, ANYWHERE = "a person who lives in the street,", "a person who lives in the inner zone,"
HOLDER, ONLY = '    "Only the holder" requires holder(street) is sender\n', "Only the holder"
TRANSFER = '"may transfer a permit." applies when act is Transfer'
ELSE = """"may transfer a permit" applies when act is Transfer
    "to somebody else." requires heir is not sender"""
GIVING = "effect giving when act is Apply"

SAID: dict[str, tuple[tuple[str, str], ...]] = {
    "words of one phrase": ((LIVES, "a person who lives near the street,"),) * 2,
    "words and meaning": (
        (LIVES, ANYWHERE),
        (f'"{LIVES}" requires ', f'"{ANYWHERE}" requires\n        inner(street) and\n        '),
    ),
    "a word struck": ((ONLY, "The holder"),) * 2,
    "a phrase struck, with its meaning": ((f"{ONLY} may", "may"), (HOLDER, "")),
    "a meaning only": (("requires lives(sender, street)", "requires not lives(sender, street)"),),
    "a meaning of an inference": (
        ("requires not held(street) inference", "requires held(street) inference"),
    ),
    "a phrase that comes": (
        ("may transfer a permit.", "may transfer a permit to somebody else."),
        (TRANSFER, ELSE),
    ),
    "two rules": (
        ("> (z) the office.", "> (z) the council."),
        ('"the office." sender', '"the council." sender'),
        *((ONLY, "Just the holder"),) * 2,
    ),
    "a code": (("reject with P3", "reject with P4"),),
    "a condition of an effect": ((GIVING, f"{GIVING} and kind is Trader"),),
    "a definition": (("means holder(s) is present", "means holder(s) is absent"),),
    "a rule gone": ((LAW[LAW.index("> Only the holder may") : LAW.index("```redline\ncheck vacancy")], ""),),
    "a rule that comes": (('    "the office." sender is Office\n```\n', REPAIRED),),
}


def edited(*changes: tuple[str, str]) -> str:
    """The law with these changes, each of the first place that is left."""
    text = LAW
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def said(text: str) -> Redraft:
    """What an edit of the page comes to."""
    return redraft({FILE: LAW}, {FILE: text}, NAMES)


def decides(model: Model) -> str:
    """All that a model says, but not how its column is called, nor where its words were printed."""
    parts = (
        model.definitions,
        model.request,
        model.route,
        model.effects,
        model.events,
        model.axioms,
        model.start,
        sorted(Fingerprints().of(check) for check in model.checks),
        model.orders,
        model.premises,
    )
    return Fingerprints().of(*parts)


def words(text: str, version: str) -> list[tuple[str, str]]:
    """The words of each clause that has any, in a version."""
    law = load_texts({FILE: text}) if version == "old" else load_texts({FILE: LAW, PAGE: text})
    return sorted((each.clause, each.text) for each in law.texts[version] if each.text)


@pytest.mark.parametrize("name", SAID)
def test_the_modification_decides_what_the_edited_law_would(name: str) -> None:
    """The version with the modification has the same rules and the same words as the page that was edited."""
    text = edited(*SAID[name])
    made = said(text)
    assert made.law == (FILE,)
    direct = load_texts({FILE: text}).model(Column("old"))
    through = load_texts({FILE: LAW, PAGE: made.page})
    assert decides(through.model(Column("mine"))) == decides(direct)
    assert decides(through.model(Column("old"))) != decides(direct) or words(made.page, "mine") != words(
        LAW, "old"
    )
    assert words(made.page, "mine") == words(text, "old")


def test_words_that_stay_with_another_meaning_are_pointed_out() -> None:
    """Perhaps they can only be understood so, and that is a reading."""
    assert said(edited(*SAID["a meaning only"])).same_words == (f"{FILE}:{LINE}",)
    assert said(edited(*SAID["words and meaning"])).same_words == ()


@pytest.mark.parametrize(
    "change",
    [
        ("# Parking permits", "# Permits for parking"),
        ("the by-law after it", "the by-law after the change"),
        ('"in the outer zone." not inner(street)', '"in the outer zone." inner(street)'),
        ("also kind is Resident", "also kind is Trader"),
    ],
)
def test_what_is_no_law_in_force_is_saved_as_it_is(change: tuple[str, str]) -> None:
    """Headings, versions, modifications and readings are no modification's."""
    assert said(edited(change)) == Redraft()


def test_the_words_of_a_modification_are_edited_in_place() -> None:
    """They are not in force yet."""
    text = edited(
        ("(a) a trader in the outer", "(a) a trader in an outer"), ("in the outer zone.", "in an outer zone.")
    )
    assert said(text) == Redraft()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ((("reject with P3", "reject with P4"), ("after it", "after")), "in its rules and in its versions"),
        (
            (
                ("the office lives nowhere", "the office"),
                ("component Desk", "component Hall"),
                ("route Desk", "route Hall"),
            ),
            "",
        ),
        ((("makes {act} for", "makes {act} in"),), "has a name, and this has none"),
        ((("> Only the holder", "> Hardly the holder"),), "not in the quote above"),
    ],
)
def test_what_no_modification_can_say_is_refused(changes: tuple[tuple[str, str], ...], message: str) -> None:
    """Nothing is left out in silence."""
    changes = tuple(each for each in changes if each[0] in LAW)
    with pytest.raises(SpecError) as refused:
        said(edited(*changes))
    assert any(message in each.message for each in refused.value.diagnostics)


def test_a_mistake_in_the_modification_is_shown_where_it_was_made() -> None:
    """The page of the modification is nothing that anybody has seen."""
    made = said(edited(("requires lives(sender, street)", "requires lives(sender, road)")))
    with pytest.raises(SpecError) as wrong:
        load_texts({FILE: LAW, PAGE: made.page})
    placed = [made.placed(each, PAGE) for each in wrong.value.diagnostics]
    assert {(each.span.file, each.span.line) for each in placed if each.span} == {(FILE, LINE)}


def test_nothing_is_edited_where_nothing_is() -> None:
    """The law as it was saved is no modification."""
    assert said(LAW) == Redraft()
