"""The page about tables shows what redline answers, and the numbers of the FIA are in it."""

from __future__ import annotations

import re

import pytest

from benchmarks.inventory import WRONG
from tests.page_of_audit import PAGE, TEMPLATE, page


@pytest.mark.long
def test_the_page_is_what_is_found() -> None:
    """Counts, senders and the script are what a run gives now."""
    assert PAGE.read_text(encoding="utf-8") == page(), "if it is right: python -m tests.page_of_audit --write"


def test_the_sentences_of_the_page_are_those_of_the_template() -> None:
    """The page has the template's words around what a run gives: edits of the page alone would be lost."""
    parts = re.split(r"\$[a-z_]+", TEMPLATE.read_text(encoding="utf-8").replace("$$", "\0"))
    first, *others, last = (part.replace("\0", "$") for part in parts)
    rest = PAGE.read_text(encoding="utf-8")
    assert rest.startswith(first), f"the page and {TEMPLATE.name} begin in different words"
    for part in others:
        _, found, rest = rest.partition(part)
        assert found, f"the page and {TEMPLATE.name} differ between {part[:40]!r} and {part[-40:]!r}"
    assert rest.endswith(last)


def test_the_numbers_of_the_fia_are_found_and_repaired() -> None:
    """9,024 and 18,905 in one cohort, 125 and 1,226 in another: so many are wrong, and changed."""
    text = PAGE.read_text(encoding="utf-8")
    counts = (("IOC", "ESME", 9_024), ("IOC", "GPF", 18_905), ("MOC", "ESME", 125), ("MOC", "GPF", 1_226))
    assert counts == WRONG
    for cohort, kind, count in counts:
        assert len(re.findall(rf"{cohort} +{kind} +{count:,}\n", text)) == 2
    assert "it changes 29,280 rows of devices. A second run changes 0." in " ".join(text.split())
