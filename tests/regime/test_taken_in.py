"""What a modification brings with the rule that it inserts or replaces, and what is no part of it."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.regime.load import load_texts
from checker.regime.taken_in import CODE
from tests.support.places import TESTS

PRELUDE = (TESTS / "cases" / "bad" / "_prelude.md").read_text(encoding="utf-8")
ANOTHER = """adopted check late at Front, reject without a published code, because "the desk closes"
    requires {condition} inference "it closes"
"""
CHECK = """check {name} for "{clause}" at Front, reject with {code}
    {words} requires enrolled(member) {inference}
"""
LIMB = """limb "Rule 4({letter})" of "Rule 4"
    card is {card} inference "x"
"""


def check(name: str, clause: str, words: str = "") -> str:
    """A check whose words are those of a quote, or that is an inference."""
    inference = "" if words else 'inference "x"'
    quoted = f'"{words}"' if words else ""
    return CHECK.format(name=name, clause=clause, code=name.upper(), words=quoted, inference=inference)


def wrong(*declarations: str, quote: str = "") -> list[str]:
    """The words that are refused in a fence with these declarations, as they stand in it."""
    page = f"{quote}\n\n```redline\n" + "".join(f"{each.rstrip()}\n" for each in declarations) + "```\n"
    found: tuple[Diagnostic, ...] = ()
    try:
        load_texts({"prelude.md": PRELUDE, "change.md": page})
    except SpecError as error:
        found = error.diagnostics
    assert {each.code for each in found} <= {CODE}, found
    lines = page.split("\n")
    spans = [each.span for each in found if each.span is not None]
    return [lines[each.line - 1][each.column - 1 : each.end_column - 1] for each in spans]


def test_what_the_replaced_clause_has_belongs_to_it() -> None:
    """A clause may be replaced by several rules, if they are of that clause."""
    two = (check("first", "Handbook 7"), check("second", "Handbook 7"))
    assert wrong('by M1 replace "Handbook 7":', *two) == []
    same = check("stack-enrolment", "Handbook 7")
    assert wrong("by M1 replace stack-enrolment:", same, two[1]) == ["second"]


def test_parts_of_a_clause_belong_to_it() -> None:
    """A clause may be replaced by its parts, and a new one have some; those of another clause are others."""
    whole, parts = check("whole", "Rule 8"), (check("first", "Rule 8(1)"), check("second", "Rule 8(2)(a)"))
    assert wrong('by M1 insert after "Rule 3":', whole, *parts) == []
    assert wrong('by M1 insert after "Rule 3":', whole, check("other", "Rule 81")) == ["other"]
    parts = (check("first", "Handbook 7(1)"), check("second", "Handbook 7.2"))
    assert wrong('by M1 replace "Handbook 7":', *parts) == []
    assert wrong("by M1 replace stack-enrolment:", *parts) == ["second"]


def test_what_speaks_of_the_breach_of_a_duty_belongs_to_it() -> None:
    """Whichever of the two stands first; another duty has nothing to do with it."""
    duty = (
        'duty {} for "Rule 8" of m with m: Member by 3 April 2026\n    requires enrolled(m) inference "x"\n'
    )
    own, late = duty.format("answer"), ANOTHER.format(condition="not breach of answer(member)")
    ever = ANOTHER.format(condition="not ever breach of answer(member)")
    inserted = 'by M1 insert after "Rule 3":'
    for rules in ((own, late), (late, own), (own, ever)):
        assert wrong(inserted, *rules) == []
    assert wrong(
        duty.format("other"), inserted, own, ANOTHER.format(condition="breach of other(member)")
    ) == ["late"]


def test_limbs_of_one_list_belong_together() -> None:
    """Several limbs can be inserted, with one place for all of them."""
    one, other = LIMB.format(letter="e", card="Guest"), LIMB.format(letter="f", card="Reader")
    assert wrong('by M1 insert after "Rule 4(b)":', one, other) == []
    assert wrong('by M1 replace "Rule 4(b)":', one, other) == []


def test_a_new_clause_may_come_in_several_rules() -> None:
    """Two rules of one clause that only the modification has belong together, and with its exceptions."""
    subject = check("first", "Rule 8") + '    subject to "Rule 8 but" inference "x"\n'
    group = 'exceptions "Rule 8 but"\n    any of inference "x"\n'
    limb = 'limb "Rule 8 but (a)" of "Rule 8 but"\n    card is Guest inference "x"\n'
    inserted = 'by M1 insert after "Rule 3":'
    assert wrong(inserted, subject, group, limb, check("second", "Rule 8")) == []
    assert wrong(inserted, subject, group, limb, check("second", "Handbook 7")) == ["second"]


def test_what_only_the_modification_knows_belongs_to_it() -> None:
    """A rule that uses what the modification brings cannot be every version's, wherever it is brought."""
    brings = ("by M1 insert after own-book:", 'state friend(Member) "{1} is a friend"')
    uses, other = (ANOTHER.format(condition=each) for each in ("friend(member)", "enrolled(member)"))
    again = check("friends", "Rule 9")
    assert wrong(*brings, uses) == []
    assert wrong(*brings, other) == ["late"]
    assert wrong(*brings, "by M1 insert after own-book:", again, uses) == []
    assert wrong(*brings, "by M1 insert after own-book:", again, other) == ["late"]


def test_no_version_without_it_can_use_what_another_modification_brings() -> None:
    """So a rule that does is the modification's in whose fence it stands; one of a clause may be of any."""
    later = 'modification M2 "Friends"\nversion later "with friends" is now with M2\n'
    friend, late = 'state friend(Member) "{1} is a friend"\n', ANOTHER.format(condition="friend(member)")
    first = ("by M1 insert after own-book:", friend, late.replace("late", "early"), check("nine", "Rule 9"))
    second = ("by M2 insert after own-book:", check("ten", "Rule 10"))
    assert wrong(later, *first[:-1], *second, late) == []
    nine = (first[0], first[-1])
    assert wrong(later, *first[:-1], *nine, *second, check("again", "Rule 9")) == ["again"]


def test_rules_of_one_quote_belong_together() -> None:
    """Two rules that formalise one sentence are brought together, of whatever clause they are said to be."""
    quote = "> Members enrol. Friends enrol.\n>\n> \u2014 Rule 9, verbatim in Handbook"
    first, second = check("first", "Rule 9", "Members enrol."), check("second", "Rule 9", "Friends enrol.")
    assert wrong('by M1 insert after "Rule 3":', first, second, quote=quote) == []


@pytest.mark.parametrize(
    "change", ['strike "Rule 4(a)"', 'amend "Rule 4(b)": "guest" becomes "friend" same meaning']
)
def test_what_no_change_takes_in(change: str) -> None:
    """A rule after a change that brings nothing is refused; before the first `by`, it is every version's."""
    rule = ANOTHER.format(condition="enrolled(member)")
    assert wrong(f"by M1 {change}", rule) == ["late"]
    assert wrong(rule, f"by M1 {change}") == []
    assert wrong(f"by M1 {change}", "by M1 insert after own-book:", rule) == []


READING = """reading lax "Nobody is asked." because "why not"
    in enrolment, also applies when card is Guest inference "x"
"""
FOLLOWING = {
    "late": ANOTHER.format(condition="card is Staff"),
    "start": 'start inference "new": for every m: Member: not enrolled(m)\n',
    "mine": "define mine means holder(book) is heir\n",
}


@pytest.mark.parametrize("name", FOLLOWING)
def test_what_follows_a_reading_belongs_to_it_only_where_it_is_indented(name: str) -> None:
    """Without an indent it looks like every version's; before the reading, it is."""
    text = FOLLOWING[name]
    page = "```redline\n{}```\n"
    with pytest.raises(SpecError) as found:
        load_texts({"prelude.md": PRELUDE, "change.md": page.format(READING + text)})
    (only,) = found.value.diagnostics
    assert only.code == CODE
    assert only.message.startswith(f"`{name}` would belong to the reading `lax` alone")
    assert "indent it" in only.notes[0]
    inside = load_texts({"prelude.md": PRELUDE, "change.md": page.format(READING + "    " + text)})
    plain = {each.name for each in inside.model(Column("now")).checks}
    read = {each.name for each in inside.model(Column("now", readings=("lax",))).checks}
    assert (read - plain) == ({"late"} if name == "late" else set())
    if name == "late":
        before = load_texts({"prelude.md": PRELUDE, "change.md": page.format(text + READING)})
        assert "late" in {each.name for each in before.model(Column("now")).checks}


def test_a_definition_that_a_reading_brings_anew_is_written_with_also() -> None:
    """It cannot replace one that is not there."""
    text = READING + "    define fine means card is Staff\n"
    with pytest.raises(SpecError) as found:
        load_texts({"prelude.md": PRELUDE, "change.md": f"```redline\n{text}```\n"})
    (only,) = found.value.diagnostics
    assert "write `also define fine`" in only.notes[0]
