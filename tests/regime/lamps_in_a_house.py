"""Laws of a house with lamps, whose effects and events may give one cell two values."""

from __future__ import annotations

VOCABULARY = """
sort User
constant Boss: User "the boss"
sort Lamp
enum Act: A, B, C
state lit: Act
state hue(Lamp): Act
state own(Lamp): optional User
state on(Lamp)
state pair(Lamp, Act): optional User
state tie(Lamp, Lamp): Act
sort Room
fixed room(Lamp): optional Room
state paint(Room): Act
state tenant(Room): optional User
request "{sender} does {act} to {lamp} and {other}"
    sender: User
    act: Act
    lamp: Lamp
    other: Lamp
    note: optional Act
    gift: User when act is A
component Desk "the desk"
route Desk
start inference "s": lit is A
check k for "1" at Desk, reject with N1 "m"
    requires CHECKED inference "x"
define quick means act in {A, B}
define same means lamp is other
version v "v"
"""


def law(*lines: str, more: str = "", checked: str = "true") -> dict[str, str]:
    """A law of a house with lamps, and effects and events besides."""
    said = "\n".join(lines)
    return {"law.md": f"# Law\n\n```redline{VOCABULARY.replace('CHECKED', checked)}{more}\n{said}\n```\n"}


def effects(*pairs: tuple[str, str]) -> tuple[str, ...]:
    """An effect for each condition and update."""
    found = []
    for number, (when, update) in enumerate(pairs):
        said = f" when {when}" if when else ""
        found.append(f'effect e{number}{said}\n    {update} inference "x"')
    return tuple(found)


MEET = {
    "always and sometimes": effects(("", "lit becomes A"), ("act is B", "lit becomes B")),
    "conditions that overlap": effects(
        ("act in {A, B}", "lit becomes A"), ("act in {B, C}", "lit becomes B")
    ),
    "one effect, two updates": (
        'effect e\n    lit becomes A inference "x"\n    lit becomes B inference "x"',
    ),
    "two parameters that may be equal": (
        'effect e\n    hue(lamp) becomes A inference "x"\n    hue(other) becomes B inference "x"',
    ),
    "an effect and a bulk effect": effects(
        ("", "hue(lamp) becomes A"), ("", "for every l: Lamp where on(l): hue(l) becomes B")
    ),
    "two bulk effects": effects(
        ("", "for every l: Lamp where on(l): hue(l) becomes B"),
        ("", "for every m: Lamp where own(m) is sender: hue(m) becomes act"),
    ),
    "bulk at two arguments": effects(
        ("", "for every l: Lamp: pair(l, act) becomes sender"),
        ("", "for every a: Act: pair(lamp, a) becomes absent"),
    ),
    "a fact both ways": effects(
        ("act is A", "on(lamp) becomes true"), ("note is A", "on(lamp) becomes false")
    ),
    "a statement": effects(("", "on(lamp) becomes act is A"), ("", "on(lamp) becomes true")),
    "something and nothing": effects(
        ("", "own(lamp) becomes sender"), ("act is A", "own(lamp) becomes absent")
    ),
    "something that may be absent": effects(
        ("", "own(lamp) becomes own(other)"), ("", "own(lamp) becomes sender")
    ),
    "through a function": effects(("", "paint(room(lamp)) becomes A"), ("", "paint(room(other)) becomes B")),
    "two updates of one event": (
        (
            'event t by the environment with l: Lamp, m: Lamp "t"\n'
            '    hue(l) becomes A inference "x"\n    hue(m) becomes B inference "x"'
        ),
    ),
    "an event and its bulk update": (
        (
            'event t by the environment with l: Lamp "t"\n'
            '    own(l) becomes Boss inference "x"\n'
            '    for every k: Lamp: own(k) becomes absent inference "x"'
        ),
    ),
    "conditions on different things": effects(
        ("hue(lamp) is A", "hue(lamp) becomes B"), ("hue(other) is C", "hue(lamp) becomes C")
    ),
    "a value that a parameter may have": effects(
        ("", "pair(lamp, A) becomes sender"), ("", "pair(lamp, act) becomes absent")
    ),
    "one variable at different arguments": effects(
        ("", "for every l: Lamp where on(l): tie(l, other) becomes A"),
        ("", "for every l: Lamp where not on(l): tie(lamp, l) becomes B"),
    ),
    "two things that are not so together": effects(
        ("not (act is A and on(lamp))", "lit becomes A"), ("on(lamp)", "lit becomes B")
    ),
    "one of two things": effects(
        ("act is A or on(lamp)", "lit becomes A"), ("not on(lamp)", "lit becomes B")
    ),
    "values excluded": effects(("act is not A", "lit becomes A"), ("act is not B", "lit becomes B")),
    "a carried parameter": effects(("", "own(lamp) becomes gift"), ("act is A", "own(lamp) becomes sender")),
}

APART = {
    "different acts": effects(("act is A", "lit becomes A"), ("act is B", "lit becomes B")),
    "lists without a common value": effects(
        ("act in {A, B}", "lit becomes A"), ("act is C", "lit becomes B")
    ),
    "one and every other": effects(("act is A", "lit becomes A"), ("act is not A", "lit becomes B")),
    "every value excluded": effects(
        ("act not in {A, B} and act is present", "lit becomes A"), ("act is not C", "lit becomes B")
    ),
    "a condition and its negation": effects(("same", "lit becomes A"), ("not same", "lit becomes B")),
    "the same value": effects(("", "own(lamp) becomes sender"), ("act is A", "own(lamp) becomes sender")),
    "different places": effects(("", "pair(lamp, A) becomes sender"), ("", "pair(lamp, B) becomes absent")),
    "no value to write": effects(
        ("act is B", "own(lamp) becomes gift"), ("act is C", "own(lamp) becomes sender")
    ),
    "bulk with conditions": effects(
        ("", "for every l: Lamp where on(l): hue(l) becomes B"),
        ("", "for every m: Lamp where not on(m): hue(m) becomes A"),
    ),
    "all lamps but this": effects(
        ("", "hue(lamp) becomes A"), ("", "for every l: Lamp where l is not lamp: hue(l) becomes B")
    ),
    "an event": (
        (
            'event t by the environment with l: Lamp, m: Lamp when l is not m "t"\n'
            '    hue(l) becomes A inference "x"\n    hue(m) becomes B inference "x"'
        ),
    ),
    "bulk with the same values": effects(
        ("", "for every l: Lamp where on(l): own(l) becomes tenant(room(l))"),
        ("", "for every m: Lamp: own(m) becomes tenant(room(m))"),
    ),
}

SOLVED = {
    "definitions": effects(("quick", "lit becomes A"), ("act is C", "lit becomes B")),
    "different parameters": effects(
        ("not same", "hue(lamp) becomes A"), ("not same", "hue(other) becomes B")
    ),
    "equal by their conditions": effects(
        ("", "own(lamp) becomes sender"), ("sender is Boss", "own(lamp) becomes Boss")
    ),
    "what is carried": effects(("gift is present", "lit becomes A"), ("act is B", "lit becomes B")),
    "an absent value writes nothing": effects(
        ("act is not A", "lit becomes A"), ("gift is present", "lit becomes B")
    ),
}
