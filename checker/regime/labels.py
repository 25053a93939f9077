"""The spec's words for functions and definitions: affirmed and denied, for one value and in general."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checker.language.syntax import Label, Text
from checker.model.expressions import FACT, Sort
from checker.model.forms import NO_FORMS, Forms
from checker.regime.names import Report

PLACE: Final = re.compile(r"\{([^{}]*)\}")
_ARTICLES: Final = frozenset({"a", "an", "the"})
_MARK: Final = re.compile(r"\[(?:(?P<affirmed>[^\[\]|]*)\|)?(?P<denied>[^\[\]|]*)\]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Something with arguments and a label. `places`: the names of the arguments in the label."""

    name: str
    places: Sequence[str]
    sorts: Sequence[Sort]
    result: Sort

    def words(self, label: Label | None, report: Report) -> tuple[str, Forms]:
        """The label and its other forms. Reports mistakes."""
        if label is None:
            return "", NO_FORMS
        for text in (label.text, *((label.general,) if label.general else ())):
            for message, expected in self._mistakes(text):
                report.say("bad-label", message, text.span, expected=expected)
        if label.general and not any(sort.is_enum for sort in self.sorts):
            message = f"`{self.name}` has no argument of an enum, so these words are never used"
            report.say("bad-label", message, label.general.span)
        said, denied = _forms(label.text)
        general, general_denied = _forms(label.general) if label.general else ("", "")
        return said, Forms(denied, general, general_denied)

    def _mistakes(self, text: Text) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the mistakes in a text, each with what was expected."""
        for place in PLACE.findall(text.text):
            if place.strip() not in self.places:
                yield (
                    f"`{{{place}}}` is not an argument of `{self.name}`",
                    tuple(f"`{{{each}}}`" for each in self.places),
                )
        if re.search(r"[\[\]]", _MARK.sub("", text.text)):
            yield "a square bracket has no partner", ("`[not]`", "`[words|words of the denial]`")
        elif any(not found["denied"].strip() for found in _MARK.finditer(text.text)):
            yield "no words are left for the denial", ("`[not]`", "`[words|words of the denial]`")
        elif _MARK.search(text.text) and self.result != FACT:
            yield f"`{self.name}` is not a statement, so it has no denial", ()


def parameter_words(label: Text | None, report: Report) -> str:
    """The words for a parameter of the request; "" if there are none. Reports mistakes."""
    if label is None:
        return ""
    if re.search(r"[{}\[\]]", label.text):
        report.say("bad-label", "a parameter has neither arguments nor a denial", label.span)
    elif label.text.split(" ")[0].lower() in _ARTICLES:
        message = "reports put an article before the words for a parameter"
        report.say("bad-label", message, label.span, expected=("the words without one",))
    return label.text


def _forms(text: Text) -> tuple[str, str]:
    """A text affirmed and, if it has the words, denied."""
    affirmed = _spaced(_MARK.sub(lambda found: found["affirmed"] or "", text.text))
    denied = _spaced(_MARK.sub(lambda found: found["denied"], text.text)) if _MARK.search(text.text) else ""
    return affirmed, denied


def _spaced(text: str) -> str:
    return " ".join(text.split())
