"""The names that things get in a story, and the sentences about facts, requests and events."""

from __future__ import annotations

from dataclasses import replace

from checker.model.evaluate import apply_event
from checker.model.situation import Step
from checker.story.given_names import name_things, value_label
from checker.story.sentences import Place, change_sentence, event_sentence, fact_sentence, request_sentence
from tests.support.lending_library import (
    BOOK,
    READER,
    RULES,
    asks,
    situation,
)
from tests.support.results_made import NAMES, START


def test_parties_get_letters_in_order_of_appearance_each_its_own() -> None:
    """The first is A and the second B, though their labels differ."""
    members = situation({("member", ("bo",)): True})
    names = name_things(RULES["old"], (members,), [("Reader", "bo"), ("Reader", "ann")])
    assert names.of(READER, "bo") == "Member A"
    assert names.of(READER, "ann") == "Guest B"


def test_other_things_are_numbered_by_label() -> None:
    """The second novel is number 2, and the atlas begins anew with 1."""
    appearing = [("Book", each) for each in ("atlas", "novel", "stray")]
    names = name_things(RULES["old"], (START,), appearing)
    assert [names.of(BOOK, each) for _, each in appearing] == ["Atlas 1", "Novel 1", "Novel 2"]


def test_a_label_is_the_first_that_ever_holds_in_the_story() -> None:
    """Ann joins in the second situation, and is called a member from the first."""
    later = apply_event(RULES["old"], START, "joins", {"r": "ann"})
    names = name_things(RULES["old"], (START, later), [("Reader", "ann")])
    assert names.of(READER, "ann") == "Member A"


def test_a_label_is_borne_out_by_what_is_told() -> None:
    """Ann is a member, too, which the story does not tell; of Bo it tells nothing at all."""
    both = situation({("member", ("ann",)): True, ("member", ("bo",)): True, ("lent", ("atlas",)): "ann"})
    appearing = [("Reader", "ann"), ("Reader", "bo")]
    names = name_things(RULES["old"], (both,), appearing, frozenset({("lent", ("atlas",))}))
    assert [names.of(READER, each) for _, each in appearing] == ["Guest A", "Member B"]
    names = name_things(RULES["old"], (both,), appearing, frozenset(both.values))
    assert [names.of(READER, each) for _, each in appearing] == ["Member A", "Member B"]


def test_constants_keep_their_label() -> None:
    """The Library gets no letter."""
    assert NAMES.of(READER, "Library") == "the library"


def test_after_z_comes_aa() -> None:
    """The twenty-seventh party has two letters."""
    readers = tuple(f"r{number}" for number in range(28))
    crowd = replace(START, things={**START.things, "Reader": readers})
    names = name_things(RULES["old"], (crowd,), [("Reader", each) for each in readers])
    assert [names.of(READER, each) for each in readers[25:]] == ["Guest Z", "Guest AA", "Guest AB"]


def test_a_numbered_value_is_told_with_its_label() -> None:
    """A numeral stands before its label; a plain name is replaced by it."""
    old = RULES["old"]
    labels = replace(old.enums["Kind"], labels={"Novel": "a novel", "Atlas": "Atlas"})
    model = replace(old, enums={**old.enums, "Kind": labels})
    assert value_label(model, labels.sort, "Novel") == "a novel"
    numbered = replace(labels, labels={"1.2": "Return", "Novel": "novel"})
    assert value_label(replace(old, enums={"Kind": numbered}), labels.sort, "1.2") == "1.2 Return"


def test_facts_values_and_their_absence_are_sentences() -> None:
    """A holder, no holder, a member and a non-member, each in words of the spec."""
    lent_to_bo = situation({("lent", ("novel",)): "bo", ("member", ("ann",)): True})
    told = [
        fact_sentence(NAMES, Place("lent", ("novel",)), lent_to_bo),
        fact_sentence(NAMES, Place("lent", ("atlas",)), lent_to_bo),
        fact_sentence(NAMES, Place("member", ("ann",)), lent_to_bo),
        fact_sentence(NAMES, Place("member", ("bo",)), lent_to_bo),
    ]
    assert told == [
        "The holder of Novel 1 is Guest A",
        "There is no holder of Atlas 1",
        "Guest B is a member",
        "It is not so that Guest A is a member",
    ]


def test_a_change_says_what_was_before() -> None:
    """A lost value names who had it; a fact says `from now on` or `no longer`."""
    before, after = situation({("lent", ("novel",)): "bo"}), situation({("member", ("bo",)): True})
    assert change_sentence(NAMES, Place("lent", ("novel",)), before, after) == (
        "There is no holder of Novel 1 any longer (before: Guest A)"
    )
    assert change_sentence(NAMES, Place("member", ("bo",)), before, after) == (
        "Guest A is a member, from now on"
    )
    assert change_sentence(NAMES, Place("member", ("bo",)), after, before) == "No longer: Guest A is a member"


def test_a_request_tells_also_what_its_label_leaves_out() -> None:
    """The heir stands in brackets, and a missing book is `nothing`."""
    gift = asks(sender="bo", action="Give", book="novel", heir="ann")
    assert request_sentence(NAMES, gift) == "Guest A asks for a gift of Novel 1 (heir: Guest B)"
    assert request_sentence(NAMES, asks(sender="bo", action="Borrow")) == (
        "Guest A asks for a loan of nothing"
    )


def test_an_event_tells_who_brings_it_about_and_who_is_nobody() -> None:
    """The agent stands in brackets, an absent reader is nobody, and a deployment names its instance."""
    gone = Step("event", event="hand-over", arguments={"b": "novel"})
    assert event_sentence(NAMES, gone) == "Novel 1 goes to nobody (by the library)"
    deployed = Step(
        "event", event="deploy", arguments={"component": "Counter", "index": "Main", "version": "new"}
    )
    assert event_sentence(NAMES, deployed) == "The Main counter goes over to new"
