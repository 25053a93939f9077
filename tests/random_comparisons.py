"""Random claims that compare versions, deployments, and orders of checks."""

from __future__ import annotations

from random_asking import Asking
from random_regimes import Lawmaker


def _sides(law: Lawmaker) -> list[str]:
    columns = [each for each in dict.fromkeys(law.columns) if "without" not in each]
    first, second = ("old", "new") if law.maybe(0.85) else (law.one(columns), law.one(columns))
    return [first, second] if law.maybe(0.5) else [second, first]


def alike(asking: Asking, codes: str = "") -> str:
    one, other = _sides(asking.law)
    where = f" where {asking.law.saying(asking.of_request)}" if asking.maybe(0.6) else ""
    if asking.maybe(0.15):
        one = "every deployment over old, new"
    return f"{one} and {other} decide alike{where}{codes}"


def alike_codes(asking: Asking) -> str:
    return alike(asking, ", with codes")


def no_more(asking: Asking) -> str:
    one, other = _sides(asking.law)
    way = asking.law.chance.random()
    if way < 0.1:
        one = "every deployment over old, new"
    elif way < 0.2:
        other = "every deployment over old, new"
    where = f" where {asking.law.saying(asking.of_request)}" if way > 0.6 else ""
    return f"{one} allows no more than {other}{where}"


def difference(asking: Asking) -> str:
    """An exact difference that may well be right: what is said beside it may not be."""
    law = asking.law
    new, old = "r accepted in new", "r accepted in old"
    gains = [
        _cases(asking, word, *sides) if word in law.turns or law.maybe(0.1) else f"newly {word} never"
        for word, sides in (("accepted", (new, old)), ("rejected", (old, new)))
    ]
    return f"from old to new, exactly these requests r change: {', '.join(gains)}"


def _cases(asking: Asking, word: str, gained: str, lost: str) -> str:
    law, way = asking.law, asking.law.chance.random()
    exact = f"{gained} and not ({lost})"
    if way < 0.15:
        exact = f"{exact} and {law.saying(asking.of_request)}"
    if law.required and 0.15 < way < 0.35:
        exact = f"{gained} and not {asking.worded(law.required[-1])}"
    if way < 0.8:
        return f'newly {word} "{word}" when {exact}'
    part = law.literal(asking.of_request)
    split = ((f"{word} one", part), (f"{word} other", f"not {part}"))
    return ", ".join(f'newly {word} "{label}" when {exact} and {each}' for label, each in split)


def orders_codes(_asking: Asking) -> str:
    return "any two orders of checks decide alike, with codes"
