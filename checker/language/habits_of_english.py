"""What lawyers write in English about days, amounts, counts and what has been, and how it is written here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from checker.language.calendar_words import MONTHS
from checker.language.habits_of_dates import A_DATE, date_of_name
from checker.language.habits_of_numbers import OF_DATES
from checker.language.numbers_in_words import IN_WORDS, NUMERAL, SCALES, UNITS, in_figures, number, scaled

_Word: TypeAlias = str | Callable[[re.Match[str]], str] | None

_DAY: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ ](?:of[ ])?(?:{'|'.join(each[:3] for each in MONTHS)})"
    r"|\d{4}-\d\d|today\b)"
)
_VARIABLE: Final = r"(?=\w[\w-]*[ ]*:)"
_FIGURE_OR_WORD: Final = rf"(?P<n>\d+|{NUMERAL})"
_LOOK_ALIKES: Final = str.maketrans("OoIlSB", "001158")

_WHAT_WAS: Final = (
    "what has held at any time, or holds now, is `ever p`; `p since q` and `p as of q` speak of when `q` came"
    " about"
)
_HOW_OFTEN: Final = "how often something happened is a number that effects keep"
_NO_UNIT: Final = "a number is written without its unit: `70`"
_OF_TWO: Final = "what is compared stands in parentheses: `least of (a, b)`"
_A_COUNT: Final = "things are counted by `exactly one`, `at least two` or `at most three x: S where p`"
_NEITHER: Final = "`neither p nor q` is written `not p and not q`"
_WITHIN: Final = "the day that is within comes first: `today within 5 days after asked-on(x)`"
_A_DAY: Final = (
    "from when something holds is `beginning of (p)`, or a day that an effect writes down: `joined(u) "
    "becomes today`"
)
_A_SHARE: Final = (
    "a share is written `20 per cent of x`; of a third, compare `3 times` one side with the other"
)
_WHILE: Final = "`p while q` is written `q implies p`"
_NO_CHAIN: Final = "`since` and `as of` are not chained: use parentheses"
_HOW_LONG: Final = (
    "how long something has held is written `p for at least 28 days`; from a day that an effect writes down, "
    "`today no earlier than joined(u) plus 28 days`"
)
_NO_TOTAL: Final = "`a plus b` adds two; a total over all things is a number that effects keep"
_UNQUOTED: Final = "a date stands without quotation marks: `1 April 2026`"
_PERIODS: Final = r"(?:days?|weeks?|months?|years?)"


def _counted(by: int) -> Callable[[re.Match[str]], str]:
    """The count of what is more than so many, or less than."""

    def word(found: re.Match[str]) -> str:
        many = max(number(found["n"]) + by, 0)
        shown = UNITS[many] if many < len(UNITS) else str(many)
        return f"{'at most' if by < 0 else 'at least'} {shown}"

    return word


def _share(found: re.Match[str]) -> str:
    parts = {"half": 50, "quarter": 25, "fifth": 20, "tenth": 10, "third": 0}
    return f"{parts[found['part']]} per cent of"


_TABLE: Final[tuple[tuple[str, _Word, str | None], ...]] = (
    # days
    (
        rf"(?P<x>(?:is[ ])?(?:from|between))[ ]{_DAY}[^\"\n]*?[ ](?:to|and|until|till|through)[ ]{_DAY}",
        None,
        "write both ends: `x no earlier than 1 April 2026 and x no later than 30 April 2026`",
    ),
    (r"(?:means|requires|unless|when|where|and|or|not|\(|:)[ ]+(?P<x>within)[ ]", None, _WITHIN),
    (rf"(?P<x>(?:is[ ])?(?:on[ ]or[ ]after|not[ ]before)|from|since)[ ](?={_DAY})", "no earlier than", None),
    (
        rf"(?P<x>(?:is[ ])?(?:on[ ]or[ ]before|not[ ]after)|by|until|till|up[ ]to)[ ](?={_DAY})",
        "no later than",
        None,
    ),
    (rf"(?P<x>(?:is[ ])?after)[ ](?={_DAY})", "later than", None),
    (rf"(?P<x>before)[ ](?={_DAY})", "earlier than", None),
    (rf"(?P<x>(?:is[ ])?on)[ ](?={_DAY})", "is", None),
    (
        r"(?P<x>is[ ]in)[ ](?=\d{4}\b)",
        None,
        "write both ends: `x no earlier than 1 January 2026 and x no later than 31 December 2026`",
    ),
    (
        r'(?P<x>"\d{1,2}[ ][A-Z][a-z]+[ ]\d{4}")',
        None,
        _UNQUOTED,
    ),
    (
        rf"(?P<n>{IN_WORDS})[ ](?P<d>{_PERIODS})\b",
        lambda m: f"{number(m['n'])} {m['d']}",
        None,
    ),
    # comparisons
    (
        r"(?P<x>is[ ](?P<w>at[ ](?:least|most)|(?:more|less)[ ]than|(?:no[ ])?(?:earlier|later)[ ]than))\b",
        lambda m: str(m["w"]),
        None,
    ),
    (r"is[ ](?:no|not)[ ](?:more|greater|higher)[ ]than\b", "at most", None),
    (r"is[ ](?:no|not)[ ](?:less|fewer|lower)[ ]than\b", "at least", None),
    (r"(?:is[ ])?(?:over|above|in[ ]excess[ ]of|exceeding)\b", "more than", None),
    (r"(?:is[ ])?(?:under|below)\b", "less than", None),
    (
        r"(?:is[ ])?(?P<n>[\w.-]+)[ ]or[ ](?:more|above|over|higher|greater)\b",
        lambda m: f"at least {m['n']}",
        None,
    ),
    (
        r"(?:is[ ])?(?P<n>[\w.-]+)[ ]or[ ](?:less|below|under|lower|fewer)\b",
        lambda m: f"at most {m['n']}",
        None,
    ),
    # numbers
    (
        rf"(?P<n>\d+(?:\.\d+)?)[ ](?P<s>{'|'.join(SCALES)})\b",
        lambda m: scaled(m["n"], m["s"]),
        None,
    ),
    (
        rf"(?P<x>{IN_WORDS})(?=[ ]*$|[ ](?:and|or|implies|pounds|dollars|euros)\b)",
        lambda m: str(number(m["x"])),
        None,
    ),
    (r"(?P<n>\d[\d.]*)[ ](?:pounds|dollars|euros|pence|cents|[A-Z]{3})\b", lambda m: str(m["n"]), _NO_UNIT),
    (r"(?:a[ ]|one[ ]|the[ ])?(?P<part>half|quarter|fifth|tenth)[ ]of\b", _share, None),
    (r"(?:(?:a|one|two)[ -])?thirds?[ ]of\b", None, _A_SHARE),
    (r"\d[\d.]*[ ]per[ ]cent(?![ ]of)", None, "a share is one of something: `20 per cent of x`"),
    (r"(?P<x>twice|double)[ ]", "2 times", None),
    (r"divided[ ]by\b", None, "nothing is divided: write `50 per cent of x`, or `2 times` the other side"),
    (r"(?P<x>minus)[ ](?=\d)", "0 minus", None),
    (r"(?:the[ ])?(?:lesser|lower|smaller|lowest|smallest|minimum)[ ]of\b", "least of", _OF_TWO),
    (r"(?:the[ ])?(?:greater|higher|larger|highest|largest|maximum)[ ]of\b", "greatest of", _OF_TWO),
    (r"(?:the[ ])?(?:earlier)[ ]of\b", "earliest of", None),
    (r"(?:the[ ])?(?:later)[ ]of\b", "latest of", None),
    (
        r"(?:the[ ])?(?:sum|total|average)[ ]of\b",
        None,
        _NO_TOTAL,
    ),
    # counts
    (rf"(?P<x>(?:only|just|precisely)[ ](?P<n>one|\d+))[ ]{_VARIABLE}", lambda m: f"exactly {m['n']}", None),
    (rf"(?P<x>(?:more|greater)[ ]than[ ]{_FIGURE_OR_WORD})[ ]{_VARIABLE}", _counted(1), None),
    (rf"(?P<x>(?:less|fewer)[ ]than[ ]{_FIGURE_OR_WORD})[ ]{_VARIABLE}", _counted(-1), None),
    (rf"(?P<x>{_FIGURE_OR_WORD}[ ]or[ ]more)[ ]{_VARIABLE}", lambda m: f"at least {m['n']}", None),
    (rf"(?P<x>{_FIGURE_OR_WORD}[ ]or[ ](?:fewer|less))[ ]{_VARIABLE}", lambda m: f"at most {m['n']}", None),
    (
        rf"(?P<x>no|none|none[ ]of|nobody|zero)[ ]{_VARIABLE}",
        None,
        "that there is none is `not (for some x: S where p)`",
    ),
    (r"(?:the[ ])?(?:number|count)[ ]of\b", None, f"a count is compared, and is no number: {_A_COUNT}"),
    (r"(?:a[ ]|the[ ])?(?:majority|most)[ ]of\b", None, f"{_A_COUNT}; a majority is none of these"),
    (rf"at[ ](?:least|most)[ ]{_FIGURE_OR_WORD}[ ][a-z]\w*(?![\w-]*[ ]*:)", None, _A_COUNT),
    (rf"exactly[ ]{_FIGURE_OR_WORD}[ ]of\b", None, _A_COUNT),
    # what has been
    (
        r"(?:has|have|had|was|were)[ ](?:at[ ]any[ ]time[ ]|ever[ ]|once[ ])?been\b",
        None,
        _WHAT_WAS,
    ),
    (r"(?P<x>was|were|once|already|at[ ](?:any|some)[ ]time|at[ ]least[ ]once)[ ]", None, _WHAT_WAS),
    (r"(?P<x>first|last|lastly|latest)[ ](?=\w[\w-]*\()", None, _A_DAY),
    (
        r"(?P<x>still)[ ]",
        None,
        "what holds now needs no word for it; `p since q` says that it has held ever since",
    ),
    (r"(?P<x>(?:only|last|first)[ ]once|twice|thrice|(?:two|three|\d+)[ ]times)[ ]*$", None, _HOW_OFTEN),
    (
        r"(?P<x>until|till)[ ]",
        None,
        "`p until q` is written `p or ever q`: once `q` has come about, `p` need not hold",
    ),
    (
        r"(?P<x>while|whilst|during|as[ ]long[ ]as|so[ ]long[ ]as)[ ]",
        None,
        _WHILE,
    ),
    (
        r"(?P<x>(?<=\) )(?:after|before))[ ](?!\d)",
        None,
        f"{_WHAT_WAS}; of dates, write `earlier than`, `later than`",
    ),
    (
        rf"(?P<x>for)[ ](?:at[ ]least[ ])?(?:\d+|[a-z]+)[ ]{_PERIODS}",
        None,
        _HOW_LONG,
    ),
    (
        r"(?:means|requires|unless|when|where|and|or|not|\(|:)[ ]+(?P<x>(?:ever[ ])?since)[ ][^\"\n]*",
        None,
        "`since` stands between two statements: `p since q`",
    ),
    (
        r"(?P<x>before[ ]ever)[ ][\w.-]*",
        None,
        "`before` stands before a name or parentheses: `before (ever p)`",
    ),
    (
        r"(?:since|as[ ]of)[ ][^\"\n]*?\)[ ](?P<x>since|as[ ]of)\b",
        None,
        _NO_CHAIN,
    ),
    # joining
    (
        r"(?P<x>unless|except[ ](?:if|when|where)|save[ ]where)[ ]",
        None,
        "`p unless q` is written `p or q`; in a check, `applies unless q` is a phrase of its own",
    ),
    (r"(?P<x>either)[ ]", None, "`either p or q` is written `p or q`, or `p iff not q` if not both may hold"),
    (r"(?P<x>neither)[ ]", None, _NEITHER),
    (r"(?P<x>nor)\b", None, _NEITHER),
    (r"(?P<x>both)[ ](?!\w[\w-]*[ ]*:)", None, "`both p and q` is written `p and q`"),
    (r"if[ ]and[ ]only[ ]if\b", "iff", None),
    (r"(?P<x>only[ ]if)\b", "implies", None),
    (
        r"(?P<x>(?<=\) )(?:if|provided(?:[ ]that)?|whenever|where))[ ]",
        None,
        "`p if q` is written `q implies p`; in a check, `applies when q` is a phrase of its own",
    ),
    (r"(?<![\w-])(?P<x>the|an?)[ ](?=[a-z(])", None, "names stand without articles"),
)
"""What is written in English, the word or words that stand for it here if some do, and a note. `x` is what is
wrong, if it is not all of that."""

_COMPILED: Final = tuple((re.compile(rf"(?<![\w-]){each}"), word, note) for each, word, note in _TABLE)
_NEAR: Final = 60  # so many characters before the wrong word are looked at


@dataclass(frozen=True, slots=True)
class English:
    """A stretch of English, from `start` to `end`; the words for it, and a note."""

    said: str
    start: int
    end: int
    nearest: str | None
    note: str | None


def in_english(text: str, at: int) -> English | None:
    """The stretch of English that ends, or goes on, at that place of a text, where something cannot stand."""
    first = text.rfind("\n", 0, at) + 1
    last = text.find("\n", at)
    line = text[max(first, at - _NEAR) : len(text) if last < 0 else last]
    here = at - max(first, at - _NEAR)
    for pattern, word, note in _COMPILED:
        for found in pattern.finditer(line):
            if found.start() <= here <= found.end() and '"' not in line[found.start() : here]:
                group = "x" if "x" in pattern.groupindex else 0
                start, end = (each + at - here for each in found.span(group))
                nearest = word(found) if callable(word) else word
                return English(" ".join(found[group].split()), start, end, nearest, note)
    return None


def name_in_english(name: str) -> tuple[str | None, str | None]:
    """What a name that there is not was meant to be, and a note."""
    folded = name.casefold()
    written = in_figures(folded)
    if written is not None:
        return str(written), None
    if re.fullmatch(r"\d[\dOoIlSB]*", name):
        return name.translate(_LOOK_ALIKES), "a letter stands among the digits"
    shortened = re.fullmatch(r"(?P<n>\d+)(?P<s>[km])", folded)
    if shortened is not None:
        return scaled(shortened["n"], {"k": "thousand", "m": "million"}[shortened["s"]]), None
    dated = date_of_name(name)
    if dated is not None:
        return dated.meant, dated.note
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", name):
        return None, A_DATE
    if re.fullmatch(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?", folded):
        return None, "days of the week cannot be said"
    return _NAMES.get(folded, (None, None))


_NAMES: Final[dict[str, tuple[str | None, str | None]]] = {
    "yesterday": ("today minus 1 day", None),
    "tomorrow": ("today plus 1 day", None),
    "now": ("today", None),
    "on": (None, "`on or before` is written `no later than`, and `on or after` is `no earlier than`"),
    "more": ("at least", "`70 or more` is written `at least 70`"),
    "less": ("at most", "`70 or less` is written `at most 70`"),
    "fewer": ("at most", "`70 or fewer` is written `at most 70`"),
    "later": ("no earlier than", f"`or later` is written `no earlier than`; {OF_DATES}"),
    "earlier": ("no later than", f"`or earlier` is written `no later than`; {OF_DATES}"),
    "min": ("least of", _OF_TWO),
    "max": ("greatest of", _OF_TWO),
    "sum": (None, _NO_TOTAL),
    "total": (None, _NO_TOTAL),
    "count": (None, _A_COUNT),
}
