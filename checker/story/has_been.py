"""What has been, in words: the words that the law has for what is, in another tense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, assert_never

from checker.model.expressions import History
from checker.story.wording import NOT_SO

_VERB: Final = re.compile(r"\b(is|are|has|have)\b( not\b)?")
_PAST: Final = re.compile(r"\b(ever since|at some time|never|always|when|last|for at least)\b")

_EARLIER: Final = re.compile(r"\b(?:has|have) (?=(?:at some time|never|always) )")
"""What `_ever` and `_never` say; no clause with such words is put in another tense but this."""

_BEEN: Final = {"is": "been", "are": "been", "has": "had", "have": "had"}
_WAS: Final = {"is": "was", "are": "were", "has": "had", "have": "had"}
_BE: Final = {"is": "be", "are": "be", "has": "have", "have": "have"}


def has_been(history: History, clauses: Sequence[str | None], *, denied: bool = False) -> str:
    """Return what has been, from what its parts say as clauses; "" where there are no words for one of them.
    `denied`: say that it is not so.

    Of a clause with exactly one verb that is known, that is put in the tense; others stay as they are.
    """
    said = [each for each in clauses if each is not None]
    if len(said) < len(clauses):
        return ""
    match history.how:
        case "ever" | "breached":
            return _never(said[0]) if denied else _ever(said[0])
        case "since":
            what, when = said
            told = f"{_throughout(what)} ever since {_came_about(when)}"
        case "as of":
            what, when = said
            told = f"{_then(what)} when {_came_about(when, last=True)}"
        case "beginning of":
            return f"the day from which {_throughout(said[0])}"
        case _:
            assert_never(history.how)
    return f"{NOT_SO} {told}" if denied else told


def has_been_for(clause: str, period: str, *, denied: bool) -> str:
    """Return what has been for at least a period, from what it says as a clause; "" of no words."""
    if not clause or not period:
        return ""
    told = f"{_throughout(clause)} for at least {period}"
    return f"{NOT_SO} {told}" if denied else told


def has_been_from(clause: str, day: str) -> str:
    """Return from which day something has been so."""
    if _PAST.search(clause):
        return f"{clause}, which has been so since {day}"
    return f"{_throughout(clause)} since {day}" if clause else ""


def _verb(clause: str) -> tuple[str, str, str, str] | None:
    """What comes before the only verb, the verb, “ not” if it is denied, and what comes after it."""
    found = [*_VERB.finditer(clause)]
    if len(found) != 1 or clause.startswith((NOT_SO, "for ", "if ")) or _PAST.search(clause):
        return None
    (verb,) = found
    return clause[: verb.start()], verb[1], verb[2] or "", clause[verb.end() :]


def _have(clause: str, adverb: str, denied: str, otherwise: str) -> str:
    """The clause in the perfect, with an adverb, or another if it is `denied`; `otherwise`: what stands
    before one that is not known.
    """
    parts = _verb(clause)
    if parts is None:
        return f"{otherwise} {clause}"
    subject, verb, no, rest = parts
    have = "have" if verb in ("are", "have") else "has"
    return f"{subject}{have}{denied if no else adverb} {_BEEN[verb]}{rest}"


def _ever(clause: str) -> str:
    return _have(clause, " at some time", " at some time not", "at some time it has been so that")


def _never(clause: str) -> str:
    return _have(clause, " never", " always", "at no time has it been so that")


def _throughout(clause: str) -> str:
    return _have(clause, "", " not", "it has been so that")


def _then(clause: str) -> str:
    parts = _verb(clause)
    if parts is None:
        earlier = _EARLIER.sub("had ", clause)
        return earlier if earlier != clause else f"it was so that {clause}"
    subject, verb, no, rest = parts
    return f"{subject}{_WAS[verb]}{no}{rest}"


def _came_about(clause: str, *, last: bool = False) -> str:
    lately = "last " if last else ""
    parts = _verb(clause)
    if parts is None:
        return f"it {lately}came about that {clause}"
    subject, verb, no, rest = parts
    return f"{subject}{lately}{'ceased to' if no else 'came to'} {_BE[verb]}{rest}"
