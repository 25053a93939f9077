"""Random claims that compare versions, deployments, and orders of checks."""

from __future__ import annotations

from tests.random_laws.asking import Asking
from tests.random_laws.expressions import Scope
from tests.random_laws.lawmaker import Lawmaker


def _sides(law: Lawmaker) -> list[str]:
    columns = [each for each in dict.fromkeys(law.columns) if " staged" not in each]
    first, second = ("old", "new") if law.maybe(0.7) else (law.one(columns), law.one(columns))
    return [first, second] if law.maybe(0.5) else [second, first]


def _every(law: Lawmaker, scope: Scope, *, restricted: bool) -> str:
    """Every deployment, perhaps only those of which something is so."""
    versions = law.one(("old, new", "old, new", "new"))
    where = law.version_is(scope) if restricted and law.maybe() else None
    liked = law.showy(scope) if restricted and (where is None or law.maybe(0.5)) else None
    said = " and ".join(each for each in (where, liked) if each)
    return f"every deployment over {versions}{f' where {said}' if said else ''}"


def _where(asking: Asking, share: float) -> str:
    return f" where {asking.law.saying(asking.of_request)}" if asking.maybe(share) else ""


def alike(asking: Asking, codes: str = "") -> str:
    """That two columns decide alike; one of them may be every deployment."""
    law = asking.law
    one, other = _sides(law)
    way = law.chance.random()
    where = _where(asking, 0.6)
    if way < 0.06:
        one = _every(law, asking.scope, restricted=False)
    elif way < 0.18:
        one = _every(law, asking.scope, restricted=True)
        if " where " in one:
            where = ""
    elif way < 0.28:
        other = _every(law, asking.scope, restricted=False)
    return f"{one} and {other} decide alike{where}{codes}"


def alike_codes(asking: Asking) -> str:
    return alike(asking, ", with codes")


def no_more(asking: Asking) -> str:
    """That a column allows no more than another; one of them may be every deployment."""
    law = asking.law
    one, other = _sides(law)
    way = law.chance.random()
    where = _where(asking, 0.4)
    if way < 0.12:
        one = _every(law, asking.scope, restricted=way < 0.06)
    elif way < 0.24:
        other = _every(law, asking.scope, restricted=way < 0.2)
        where = "" if " where " in other else where
    return f"{one} allows no more than {other}{where}"


def difference(asking: Asking) -> str:
    """An exact difference that may well be right: what is said beside it may not be."""
    law = asking.law
    old, new = ("old", "new") if law.maybe(0.8) else _sides(law)
    r = asking.request
    accepts, accepted = (f"{r} accepted in {each if ' ' not in each else f'({each})'}" for each in (new, old))
    gains = [
        _cases(asking, word, *sides) if word in law.turns or law.maybe(0.1) else f"newly {word} never"
        for word, sides in (("accepted", (accepts, accepted)), ("rejected", (accepted, accepts)))
    ]
    if law.maybe(0.25):
        case = f'"otherwise" when {law.showy(asking.of_request)}' if law.maybe(0.75) else "never"
        gains.append(f"differently rejected {case}")
    if law.maybe(0.08):
        gains = gains[:1]
    return f"from {old} to {new}, exactly these requests {r} change: {', '.join(gains)}"


def _cases(asking: Asking, word: str, gained: str, lost: str) -> str:
    law, way = asking.law, asking.law.chance.random()
    exact = f"{gained} and not ({lost})"
    if way < 0.2:
        exact = f"{exact} and {law.saying(asking.of_request)}"
    if law.required and 0.2 < way < 0.35:
        exact = f"{gained} and not {asking.worded(law.required[-1])}"
    if way < 0.75:
        return f'newly {word} "{word}" when {exact}'
    part = law.saying(asking.of_request)
    split = ((f"{word} one", part), (f"{word} other", f"not {part}"))
    return ", ".join(f'newly {word} "{label}" when {exact} and {each}' for label, each in split)


def orders(_asking: Asking) -> str:
    return "any two orders of checks decide alike"


def orders_codes(_asking: Asking) -> str:
    return "any two orders of checks decide alike, with codes"
