"""`redline cover` on a version with a day: edits are of what words mean on their days."""

from __future__ import annotations

from checker.model.claim import Column
from checker.model.clock import TODAY
from checker.model.dates import day_of
from checker.model.evaluate import decide
from checker.model.situation import Request, Situation
from checker.model.steps import apply_request
from checker.model.unparse import unparse
from checker.regime.additions import with_readings
from checker.regime.load import load_texts
from checker.rooms.cover.edits import edits_of
from checker.rooms.cover.on_days import said_on_its_days
from tests.support.places import TESTS

WORDS = "may be withdrawn within seven days."


def test_an_edit_changes_what_words_mean_and_not_their_days() -> None:
    """Each edit of an amended phrase is a reading that says it, in force from the same day; that a rule is in
    force is nothing to edit.
    """
    page = (TESTS / "cases" / "in_force" / "notices.md").read_text(encoding="utf-8")
    regime = load_texts({"law.md": page})
    edits = list(edits_of(regime, Column("amended")))
    assert not any("in force" in line for each in edits for line in each.reading)
    mine = [each for each in edits if WORDS in (phrase.text for phrase in each.phrases) and each.instead]
    assert any(each.instead.endswith("today no later than given(notice) plus 8 days") for each in mine)
    for edit in mine[:3]:
        reading = "\n".join(('reading other "O." because "so"', *edit.reading))
        under = with_readings(regime, f"```redline\n{reading}\n```\n").model(Column("amended", ("other",)))
        check = next(each for each in under.checks if each.name == "withdrawal")
        (item,) = (x for x in check.items if WORDS in (phrase.text for phrase in x.phrases))
        said = said_on_its_days(item)
        assert said is not None
        assert (unparse(said), [each.come for each in item.days]) == (edit.instead, [True])


LAW = """
sort User
enum Act: Ask, Take, Stop
request "{sender} would {act}"
    sender: User
    act: Act
component Desk
route Desk
check may for "1" at Desk, reject with E1
    requires act is Ask inference "one act alone"
version old
modification M "m"
by M replace "1": check may for "1" at Desk, reject with E1
    requires act is Take inference "one act alone"
version dated is old with M in force from 1 June 2027
"""


def test_what_stands_on_the_same_words_stays_on_its_own_days() -> None:
    """If nothing is required until the day, anything is lawful then, whatever the same words mean later."""
    regime = load_texts({"law.md": f"```redline\n{LAW}```\n"})
    edits = {
        each.said: each for each in edits_of(regime, Column("dated")) if each.how == "struck" and each.said
    }
    for said, day, lawful in (
        ("act is Ask", "31 May 2027", {"Ask", "Take", "Stop"}),
        ("act is Ask", "1 June 2027", {"Take"}),
        ("act is Take", "31 May 2027", {"Ask"}),
        ("act is Take", "1 June 2027", {"Ask", "Take", "Stop"}),
    ):
        reading = "\n".join(('reading other "O." because "so"', *edits[said].reading))
        column = Column("dated", ("other",))
        model = with_readings(regime, f"```redline\n{reading}\n```\n").model(column)
        now = Situation({"User": ("ann",)}, {(TODAY, ()): str(day_of(day))}, {("Desk", None): "other"})
        accepted = {
            act
            for act in ("Ask", "Take", "Stop")
            if decide({"other": model}, now, Request({"sender": "ann", "act": act})).accepted
        }
        assert accepted == lawful


KEPT = """
sort User
sort Site
enum Act: Ask, Take
state owner(Site): optional User "the owner of {1}"
state flag(Site) "{1} is flagged"
request "{sender} would {act} {site}"
    sender: User
    act: Act
    site: Site
component Desk
route Desk
effect keep when act is Ask
    owner(site) becomes sender inference "who asks"
    flag(site) becomes true inference "who asks"
version old
modification M "m"
by M replace keep: effect keep when act is Ask
    owner(site) becomes absent inference "who asks"
    flag(site) becomes false inference "who asks"
version dated is old with M in force from 1 June 2027
"""


def test_what_becomes_by_the_same_words_becomes_so_on_its_own_days() -> None:
    """If one change is struck of those that stand on the same words, the others are made as before: each on
    the days on which it is in force.
    """
    regime = load_texts({"law.md": f"```redline\n{KEPT}```\n"})
    edits = [each for each in edits_of(regime, Column("dated")) if each.part == "update"]
    found = set()
    for edit in edits:
        reading = "\n".join(('reading other "O." because "so"', *edit.reading))
        model = with_readings(regime, f"```redline\n{reading}\n```\n").model(Column("dated", ("other",)))
        after = []
        for day in ("31 May 2027", "1 June 2027"):
            values = {(TODAY, ()): str(day_of(day)), ("owner", ("s",)): "bob"}
            now = Situation({"User": ("ann", "bob"), "Site": ("s",)}, values, {("Desk", None): "other"})
            asked = Request({"sender": "ann", "act": "Ask", "site": "s"})
            then = apply_request({"other": model}, now, asked).values
            after.append((then.get(("owner", ("s",))), then.get(("flag", ("s",)), False)))
        found.add(tuple(after))
    assert found == {
        (("bob", True), (None, False)),  # no owner is written before the day
        (("ann", False), (None, False)),  # no flag is set before it
        (("ann", True), ("bob", False)),  # the owner stays after it
    } | {(("ann", True), (None, False))}  # the flag stays unset after it, as it was
