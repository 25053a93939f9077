"""What people write by habit, from other languages or from English, and how it is written here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from checker.language.habits_of_dates import A_DATE, WrongDate, date_around
from checker.language.habits_of_english import in_english, name_in_english
from checker.language.habits_of_numbers import (
    OF_DATES,
    between_numbers,
    meant_before,
    of_comparison,
    of_figure,
)

_KNOWN: Final = re.compile(r",\s*known\s+$")
_STRINGS: Final = "strings stand in straight double quotes"
_COMMENTS: Final = "a comment begins with `--` and ends with its line"
_ONE_AFTER_ANOTHER: Final = "lists have `,` between their parts, and declarations have nothing"

SIGNS: Final[tuple[tuple[str, str], ...]] = (
    *((each, "iff") for each in ("<->", "<=>", "\u2194", "\u21d4", "\u2261")),
    *((each, "implies") for each in ("->", "=>", "\u2192", "\u21d2", "\u27f9", "\u2283")),
    *((each, "is not") for each in ("!==", "!=", "=/=", "/=", "<>", "\u2260")),
    *((each, "at most") for each in ("<=", "=<", "\u2264")),
    *((each, "is") for each in ("===", "==", "=")),
    *((each, "at least") for each in (">=", "\u2265")),
    *((each, "less than") for each in ("<",)),
    *((each, "more than") for each in (">",)),
    *((each, "plus") for each in ("+",)),
    *((each, "times") for each in ("*", "\u00d7")),
    *((each, "and") for each in ("&&", "&", "\u2227", "/\\")),
    *((each, "or") for each in ("||", "|", "\u2228", "\\/")),
    *((each, "not") for each in ("!", "~", "\u00ac")),
    *((each, "for every") for each in ("\u2200",)),
    *((each, "for some") for each in ("\u2203",)),
    *((each, "not in") for each in ("\u2209",)),
    *((each, "in") for each in ("\u2208",)),
)
"""Signs of other languages, the longer before their beginnings, and the words that stand for them here."""

_NOTES: Final[tuple[tuple[str, str], ...]] = (
    *((each, _COMMENTS) for each in ("//", "/*", "#", "%")),
    *((each, _STRINGS) for each in "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a'`"),
    (";", _ONE_AFTER_ANOTHER),
)
_WORDS: Final = {
    "equals": "is",
    "equal": "is",
    "eq": "is",
    "isnt": "is not",
    "isn": "is not",
    "differs": "is not",
    "are": "is",
    "but": "and",
    "ne": "is not",
    "iff": "iff",
    "imply": "implies",
    "forall": "for every",
    "exists": "for some",
    "xor": "iff not",
    "exceeds": "more than",
    "above": "more than",
    "below": "less than",
    "null": "absent",
    "nil": "absent",
    "none": "absent",
    "nobody": "absent",
    "nothing": "absent",
    "empty": "absent",
    "exist": "is present",
    "some": "for some",
    "every": "for every",
    "all": "for every",
}
_OR_ABOVE: Final = {"above": "at least", "higher": "at least", "below": "at most", "lower": "at most"}
_VERBS: Final = {
    "delete": "strike",
    "remove": "strike",
    "repeal": "strike",
    "omit": "strike",
    "revoke": "strike",
    "add": "insert",
    "substitute": "replace",
    "modify": "amend",
    "change": "amend",
}
_NAME: Final = r"[^\W\d_][\w.-]*|\d[\w.]*"
_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_MORE: Final = r"[A-Z\d][\w.-]*"
_LIST: Final = re.compile(rf"\s*[(\[<]\s*((?:{_NAME})(?:\s*,\s*(?:{_NAME}))*)\s*[)\]>]")
_BARE: Final = re.compile(rf"\s*((?:{_NAME})(?![\w(])(?:\s*,\s*{_MORE}(?![\w(]))*)")
_BRACKETS: Final = re.compile(rf"[({{\[]\s*((?:{_NAME})(?:\s*,\s*(?:{_NAME}))*)\s*[)}}\]]")
_MEMBER: Final = re.compile(r"(?:is\s+)?(?:(?P<not>not)\s+)?in\b(?!\s*\{)")
_ONE_OF: Final = re.compile(r"\bis\s+(?P<not>not\s+)?(?:(?:one|any|either)\s+of|in)\s*$")
_IN: Final = re.compile(r"(?<!\w)(?P<not>not\s+)?in\s*$")
_EXPECTS: Final = re.compile(r"\b(?:expect|needs)\b[^\n]*\bin\s*$")
_APPLIES: Final = re.compile(rf"(?P<name>{_NAME})$")
_PAST: Final = re.compile(r"\bbefore\s*$")
_NEGATED: Final = re.compile(rf"not\s*(?P<term>\(|\s(?:ever\s+)?(?:{_NAME})(?:\([^()]*\))?)")
_NOT: Final = re.compile(r"(?:\)|(?<![\w-])(?!(?:and|or|not|is|if|then|implies|iff)\b)[\w.-]+)\s+$")
_EQUAL_TO: Final = re.compile(r"\bis\s+(?:not\s+)?(?:equal|identical)\s+$")
_HEAD: Final = re.compile(
    r"(?:^|\n)\s*(?P<kind>enum|define|premise|fixed|state|version|constant)\b(?P<rest>[^\n]*)$"
)
_IF: Final = re.compile(r"\bif\s*$")
_AGAIN: Final = re.compile(rf"(?:[,;]|and\b)?\s*{_STRING}\s*,?\s*becomes\b")
_AGAIN_CELL: Final = re.compile(rf"(?:[,;]|and\b)?\s*(?:row\s+{_STRING}\s*,|{_STRING}\s*,?\s*becomes\b)")
_AMENDS_TABLE: Final = re.compile(r"\bby\s+(\S+)\s+amend\s+table\s+([^\s:]+)\s*:[^:]*\Z")
_BY_TEXT: Final = re.compile(r"by\s+\"(?P<who>[^\s\"]+)\"")
_QUOTED_LIST: Final = re.compile(r"\s*[(\[]\s*\"")
_AMENDS: Final = re.compile(rf"\bby\s+(\S+)\s+amend\s+({_STRING}|[^\s:]+)\s*:")
_COMPLETE: Final = {
    "insert": 'insert after "CLAUSE": \u2026',
    "replace": 'replace "CLAUSE": \u2026',
    "strike": 'strike "CLAUSE"',
    "amend": 'amend "CLAUSE": "words" becomes "other words"',
}
"""What a modification does, in full."""

_BY: Final = re.compile(r"by\s+(?P<who>[^\s\"]+)(?:\s+(?P<verb>[^\W\d_][\w-]*))?")
_DATED: Final = re.compile(r"[\w)]\s+(?:on\s+or\s+|on\s+)?(?P<word>before|after|until|since|or)\s+$")
_ON_OR: Final = re.compile(r"or\s+(?:before|after)\b")
_MONTH: Final = re.compile(
    r"(?<!\w)(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?)?\s*$",
    re.IGNORECASE,
)
_BY_DAY: Final = re.compile(r"by\s+\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]")
_BESIDE_A_DAY: Final = re.compile(r"\s*(?:today\b|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}\b)")
_TURNED: Final = {"=>": "at least"}
"""A sign that stands between conditions, and what it means between numbers."""

_TODAY: Final = re.compile(r"(?<![\w-])(?:today|\d{1,2}\s+[A-Z][a-z]+\s+\d{4})\s*$")
_MONTH_OF_YEAR: Final = re.compile(r"(?<!\d)\d{4}-\d{2}(?!\d)")
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Advice:
    """How something is written here. `length`: of what is wrong, from where it begins; 0 if that is the word.
    `skip`: how far behind the word's start it begins, or before it if negative. `message`: what is wrong, if
    more can be said than that
    the word cannot stand there.
    """

    message: str = ""
    nearest: str | None = None
    notes: tuple[str, ...] = ()
    skip: int = 0
    length: int = 0


def of_sign(text: str, at: int) -> tuple[str, Advice]:
    """The sign that begins at that place of a text, and what is written for it."""
    dated = date_around(text, at)
    if dated is not None:
        return text[at], _of_date(dated, at)
    months = _MONTH_OF_YEAR.finditer(text, max(0, at - 10), at + 10)
    if any(found.start() < at < found.end() for found in months):
        return text[at], Advice(notes=(A_DATE,))
    figure = of_figure(text, at)
    if figure is not None:
        return text[at], Advice(notes=(figure,))
    for sign, word in SIGNS:
        if text.startswith(sign, at):
            turned = _TURNED.get(sign) if between_numbers(text, at, at + len(sign)) else None
            meant = _of_days(text, at, sign, turned or word) or turned or word
            return sign, _of_declared(text[:at], sign) or Advice(nearest=meant)
    again = _of_second(text[:at], text[at:]) if text[at] == ";" else None
    if again is not None:
        return text[at], again
    for sign, note in _NOTES:
        if text.startswith(sign, at):
            return sign, Advice(notes=(note,))
    return text[at], Advice()


def _of_date(dated: WrongDate, at: int) -> Advice:
    notes = () if dated.note is None else (dated.note,)
    return Advice(dated.said, dated.meant, notes, dated.start - at, dated.end - dated.start)


def _of_days(text: str, at: int, sign: str, word: str) -> str | None:
    """What compares days in place of that sign, if a day is written on one of its sides."""
    if _BESIDE_A_DAY.match(text, at + len(sign)) is None and not _TODAY.search(text[:at]):
        return None
    days = {"at most": "no later than", "at least": "no earlier than"}
    days |= {"less than": "earlier than", "more than": "later than"}
    return days.get(word)


def of_word(text: str, at: int, word: str, verbs: tuple[str, ...], *, declares: bool) -> Advice | None:
    """What is written for a word that cannot stand at that place of a text. `declares`: only a declaration
    can; `verbs`: those of modifications.
    """
    if word == "by" and _BY_DAY.match(text, at):
        return _english(text, at)
    if declares:
        found = _of_modification(text, at, word, verbs)
        if found is not None:
            return found
    before, here = text[:at], text[at:]
    member = _MEMBER.match(here)
    one_of = _ONE_OF.search(before)
    if member is not None and _QUOTED_LIST.match(here, member.end()) and before.rstrip(" ").endswith("\n"):
        return Advice("what a reading is about stands without brackets")
    if member is not None:
        return _in_braces(here[member.end() :], negated=member["not"] is not None)
    if word == "of" and (one_of := _ONE_OF.search(f"{before}of")) is not None:
        return _in_braces(here[2:], negated=one_of["not"] is not None, ready=True)
    if word == "{" and one_of is not None:
        return _in_braces(here, negated=one_of["not"] is not None, ready=True)
    negated = _NEGATED.match(here)
    if negated is not None and _PAST.search(before) is not None:
        term = negated["term"].strip()
        term = "(\u2026)" if term == "(" else term
        term = f"({term})" if term.startswith("ever ") else term
        return Advice("`before` stands directly before what it is about", f"not before {term}")
    if word == "from" and _KNOWN.search(before) is not None:
        return Advice(notes=("`known from … to …` follows the last table without a comma",))
    english = _english(text, at)
    if english is not None:
        return english
    dated_wrongly = date_around(text, at)
    if dated_wrongly is not None:
        return _of_date(dated_wrongly, at)
    compared = of_comparison(text, at, word)
    if compared is not None:
        return Advice(nearest=compared[0], notes=compared[1])
    if word == "not" and _NOT.search(before) is not None:
        return Advice(nearest="is not")
    if word == "to" and _EQUAL_TO.search(before) is not None:
        return Advice(notes=("`is equal to` is written `is`",))
    if word == "}" and before.rstrip().endswith(("{", ",")):
        return Advice(notes=("a list in braces has a name between its `,`, and at least one",))
    again = _of_second(before, here)
    if again is not None:
        return again
    dated = _DATED.search(before)
    if (dated is not None and dated["word"] != "or") or _ON_OR.match(here):
        return Advice(notes=(OF_DATES,))
    if _MONTH.search(before) and (word == "," or word[:1].isdigit()):
        return Advice(notes=(A_DATE,))
    if word in ("(", "{", "["):
        return _in_brackets(before, here)
    if _IF.search(before) is not None:
        return Advice("`if` cannot begin a condition", notes=("`if p then q` is written `p implies q`",))
    meant = meant_before(text, at) if word[:1].isalpha() or word == "(" else None
    if meant is not None:
        said = f"`{meant[0]}` is no word of the language, and `{word}` cannot stand after a name here"
        return Advice(said, meant[2], skip=-meant[1], length=len(meant[0]))
    folded = word.casefold()
    if folded in ("and", "or", "not", "is", "in", "implies", "iff", "before") and folded != word:
        return Advice(nearest=folded)
    return Advice(nearest=_WORDS[folded]) if folded in _WORDS and _WORDS[folded] != word else None


def _english(text: str, at: int) -> Advice | None:
    found = in_english(text, at)
    if found is None:
        return None
    notes = (found.note,) if found.note else ()
    length = found.end - found.start
    return Advice(f"`{found.said}` cannot stand here", found.nearest, notes, found.start - at, length)


def _of_second(before: str, here: str) -> Advice | None:
    """What is written for a second change in one amendment."""
    tables = _AMENDS_TABLE.search(before)
    if tables is not None and _AGAIN_CELL.match(here):
        note = f"write a second `by {tables[1]} amend table {tables[2]}: row \u2026`"
        return Advice("an amendment changes one cell", notes=(note,))
    amends = list(_AMENDS.finditer(before)) if _AGAIN.match(here) else []
    if not amends:
        return None
    by, what = amends[-1].groups()
    return Advice(
        "an amendment changes one phrase", notes=(f"write a second `by {by} amend {what}: \u2026`",)
    )


def _of_declared(before: str, sign: str) -> Advice | None:
    """What is written for a sign that joins a name to what it is declared as."""
    head = _HEAD.search(before)
    if head is None or (sign == "|" and head["kind"] != "enum") or sign not in ("=", "|"):
        return None
    if sign == "|":
        return Advice(nearest=",")
    if head["rest"].rstrip().endswith(":") and head["kind"] in ("define", "premise"):
        return Advice(notes=("`:=` is written `means`",))
    if re.search(r"\b(?:means|is|when|where)\b", head["rest"]):
        return None
    return Advice(nearest={"enum": ":", "define": "means", "premise": "means"}.get(head["kind"], "is"))


def for_name(name: str) -> tuple[str | None, tuple[str, ...]]:
    """The words for a name that people use by habit, where there is no such name, and notes."""
    folded = name.casefold()
    if folded in ("absent", "present"):
        return ("is present" if folded == "absent" else "is absent"), ()
    meant, note = name_in_english(name)
    return meant or _OR_ABOVE.get(folded) or _WORDS.get(folded), (note,) if note else ()


def _in_brackets(before: str, here: str) -> Advice | None:
    """What stands in brackets of the wrong kind, or in brackets where none stand."""
    applied = _APPLIES.search(before)
    listed = _BRACKETS.match(here)
    inside = _IN.search(before)
    if inside is not None and not _EXPECTS.search(before):
        return _in_braces(here, negated=inside["not"] is not None)
    if applied is not None:
        if not here.startswith("["):
            return None
        nearest = f"{applied['name']}({_short(listed[1])})" if listed is not None else None
        return Advice("what something is said of stands in parentheses", nearest)
    return None if listed is None else Advice("this list stands without brackets", _short(listed[1]))


def _in_braces(rest: str, *, negated: bool, ready: bool = False) -> Advice:
    word = "not in" if negated else "in"
    found = _LIST.match(rest) or _BARE.match(rest)
    listed = f"{word} {{{_short(found[1])}}}" if found is not None else f"{word} {{A, B}}"
    braced = re.match(r"\s*(\{[^{}]*\})", rest) if ready else None
    if braced is not None:
        listed = f"{word} {_short(braced[1])}"
    message = "this is said by `in`, and a list in braces" if ready else "a list stands in braces after `in`"
    return Advice(message, listed)


def _of_modification(text: str, at: int, word: str, verbs: tuple[str, ...]) -> Advice | None:
    meant = _VERBS.get(word, word)
    if meant in verbs:
        note = f"say which modification does it: `by MODIFICATION {meant} \u2026`"
        return Advice(f"`{word}` has no modification", notes=(note,))
    quoted = _BY_TEXT.match(text, at) if word == "by" else None
    if quoted is not None:
        return Advice("a modification is named without quotation marks", f"by {quoted['who']}")
    found = _BY.match(text, at) if word == "by" else None
    if found is None:
        return None
    who, verb = found["who"], found["verb"]
    if who in verbs:
        note = f"say which modification does it: `by MODIFICATION {who} \u2026`"
        return Advice(f"`by {who}` names no modification", notes=(note,))
    if verb is None:
        return None
    if verb in verbs:
        wanted = f"it is written `by {who} {_COMPLETE[verb]}`"
        return Advice(
            f"`{verb}` does not say what it changes", None, (wanted,), found.start("verb") - at, len(verb)
        )
    from difflib import get_close_matches

    close = get_close_matches(verb.casefold(), verbs, n=1)
    nearest = _VERBS.get(verb.casefold(), close[0] if close else None)
    shown = ", ".join(f"`{each}`" for each in verbs[:-1])
    notes = () if nearest else (f"a modification does one of {shown} and `{verbs[-1]}`",)
    message = f"`{verb}` is nothing that a modification does"
    return Advice(message, nearest, notes, found.start("verb") - at, len(verb))


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _SHOWN else f"{joined[:_SHOWN]}\u2026"
