"""What tells versions that are deployed side by side apart, and whose rules then count.

The rules are those of `desk_and_hall.py`: the desk lets pass, the hall carries out and flags the sender,
anybody may turn bad; the desk of version w refuses whoever is bad. Each verdict was worked out by hand.
"""

from __future__ import annotations

import pytest

from tests.question.desk_and_hall import ANY, COLUMNS, ROWS, TABLE, both_orders, law, verdicts

FLAGGED = 'flag(sender) becomes true inference "x"'
NEVER_BAD = """always, after an accepted request r:
        not (flag(r.sender) and not before flag(r.sender) and before bad(r.sender))"""
EFFECTS = {
    "when": ("effect e when not bad(sender)\n    flag(sender) becomes true", "effect e\n    {}"),
    "where": (
        "effect e\n    for every u: User where u is sender and not bad(u): flag(u) becomes true",
        "effect e\n    for every u: User where u is sender: flag(u) becomes true",
    ),
    "value": ("effect e\n    flag(sender) becomes not bad(sender)", "effect e\n    {}"),
}


@both_orders
@pytest.mark.parametrize("part", EFFECTS)
def test_effects_are_alike_only_if_all_of_them_is(part: str, *, swapped: bool) -> None:
    """By v nobody bad is flagged, for one reason or another; by w whoever sends is, and its desk lets nobody
    bad pass. With the desk of v and the hall of w somebody bad is flagged.
    """
    old, new = (each.format("flag(sender) becomes true") for each in EFFECTS[part])
    rules = law(f'replace e: {new} inference "x"', swapped=swapped)
    rules = rules.replace(f"effect e when true\n    {FLAGGED}", f'{old} inference "x"', 1)
    found = verdicts(rules, NEVER_BAD, *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == ["proved", "proved", "refuted", "proved"]


BY = "by the environment with u: User"
ONCE = {
    f'replace spoil: event spoil {BY} when flag(u)\n    bad(u) becomes true inference "x"': (
        "the event `spoil`"
    ),
    f'insert after spoil: event mend {BY}\n    bad(u) becomes false inference "x"': "the event `mend`",
    'replace flags: axiom flags "x" because "y": for every u: User: not (bad(u) and false)': (
        "the axiom `flags`"
    ),
    'insert after flags: axiom more "x" because "y": for every u: User: not (bad(u) and false)': (
        "the axiom `more`"
    ),
    'insert after k: start inference "t": for every u: User: not flag(u)': "where stories start",
}


@both_orders
@pytest.mark.parametrize(("change", "what"), ONCE.items(), ids=ONCE.values())
def test_what_is_said_once_for_all_versions(change: str, what: str, *, swapped: bool) -> None:
    """An event or an axiom that is another in w, or that w alone has, or other starts: versions side by side
    are no one law.
    """
    found = verdicts(law(change, swapped=swapped), ANY, *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == ["proved", "proved", "unknown", "unknown"]
    assert found["m1"][1].startswith(f"{what} is not the same in `v` and in `w`")


@both_orders
def test_a_cell_is_open_in_both_versions_or_in_none(*, swapped: bool) -> None:
    """Whether B1 is free is not known by v, and known by w."""
    rules = TABLE.replace("version v", ROWS.replace("| B1 | no |", "| B1 | unknown |") + "version v", 1)
    if swapped:
        first, second = 'version v "v"\n', 'version w "w" is v with M\n'
        rules = rules.replace(first + second, second + first)
    found = verdicts(rules, ANY, *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == ["proved", "proved", "unknown", "unknown"]
    assert "does not leave the same values of `free` open" in found["m1"][1]


def test_a_premise_that_another_versions_rule_reads_is_part_of_the_law() -> None:
    """The desk of w refuses whoever is not good. Without the premise everybody is good, and no rule of v says
    anything of it.
    """
    rules = law("insert after known: define unused means true").replace(
        'requires not bad(sender) inference "x"', 'requires good(sender) inference "x"'
    )
    for line in rules.splitlines(keepends=True):
        rules = rules.replace(line, "") if line.startswith(("premise fine", "define worthy")) else rules
    said = (
        "in any situation, for every request r where version(Desk) is w and bad(r.sender): r rejected\n"
        "    in every deployment over v, w"
    )
    found = verdicts(rules, said, "v", "v without good")
    assert [each for each, _ in found.values()] == ["proved", "refuted"]


@both_orders
def test_grounds_are_those_of_the_mixture(*, swapped: bool) -> None:
    """Nobody who is bad is flagged, says an axiom. The desk of w sees to it, and the desk of v does not."""
    rules = law(
        "insert after worthy: define unused means true", swapped=swapped, AXIOM="bad(u)", EVENT="not flag(u)"
    )
    found = verdicts(rules, "always not (for some u: User: flag(u) and bad(u))", "m2", "m1", "w", "v")
    assert {name: verdict for name, (verdict, _) in found.items()} == {
        "m2": "proved",
        "m1": "unknown",
        "w": "proved",
        "v": "unknown",
    }
    assert "axiom" in found["m1"][1]


def test_a_readings_start_stands_in_place_of_the_laws() -> None:
    """Nobody is bad at first, by the law; by the reading, somebody may be."""
    reading = 'reading later "x" because "y"\n    start inference "t": for every u: User: not flag(u)\n'
    rules = law("insert after worthy: define unused means true") + reading
    found = verdicts(rules, "possibly (for some u: User: bad(u)) by requests", "v", "v under later")
    assert [each for each, _ in found.values()] == ["refuted", "proved"]


@both_orders
def test_a_request_is_carried_out_where_it_comes_to(*, swapped: bool) -> None:
    """Only A1 comes to the hall, so B1 is carried out by the version of the desk; w flags nobody for it."""
    change = f"replace e: effect e when srv is A1\n    {FLAGGED}"
    rules = law(change, swapped=swapped, PASSED="srv is A1")
    for said, wanted in (
        ("flag(r.sender)", ["proved", "refuted", "proved", "refuted"]),
        ("before flag(r.sender) iff flag(r.sender)", ["refuted", "proved", "refuted", "proved"]),
    ):
        found = verdicts(rules, f"always, after an accepted request r where r.srv is B1: {said}", *COLUMNS)
        assert [found[each][0] for each in COLUMNS] == wanted
