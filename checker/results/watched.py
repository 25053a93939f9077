"""What `redline watch` says after each save: what turned, and what is not as expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.model.claim import Claim, Column
from checker.report.paper import Paragraph, Style, Words, paragraph

_STYLES: dict[str, Style] = {"proved": "good", "refuted": "bad"}


@dataclass(frozen=True, slots=True)
class WatchedVerdict:
    """A verdict, the one of before if that is another, and the one that is expected, if any is."""

    claim: Claim
    column: Column
    verdict: str
    before: str | None
    expected: str | None

    @property
    def as_expected(self) -> bool:
        """Whether it is what the claim expects, or the claim expects nothing there."""
        return self.expected in (None, self.verdict)


def turned_paragraph(found: WatchedVerdict) -> Paragraph:
    """A verdict that an edit has turned, as soon as it is known."""
    before = Words(found.before or "new", _style(found.before or ""))
    verdict = Words(found.verdict, _style(found.verdict))
    return paragraph(*_where(found), before, " → ", verdict, _judged(found), indent=2, hang=4)


def standing_paragraphs(
    known: Sequence[WatchedVerdict], turned: int, seconds: float, *, first: bool
) -> Iterable[Paragraph]:
    """All that is not as expected and has not just been told, and how many verdicts there are."""
    wrong = [each for each in known if not each.as_expected]
    for each in wrong:
        if first or each.before in (None, each.verdict):
            verdict = Words(each.verdict, _style(each.verdict))
            yield paragraph(*_where(each), verdict, _judged(each), indent=2, hang=4)
    count = f"{len(known)} verdict{'' if len(known) == 1 else 's'}"
    said = [] if first else [f"{turned or 'nothing'} turned"]
    said.append(f"{len(wrong)} not as expected" if wrong else "all as expected")
    yield paragraph(f"{count}: {', '.join(said)}. {seconds:.1f} s", indent=2)


def _where(found: WatchedVerdict) -> tuple[str | Words, ...]:
    return (Words(found.claim.number, "strong"), f" {found.claim.name} in {found.column}: ")


def _judged(found: WatchedVerdict) -> Words:
    if found.expected is None:
        return Words("")
    return (
        Words(", as expected", "quiet")
        if found.as_expected
        else Words(f", {found.expected} was expected", "warning")
    )


def _style(verdict: str) -> Style:
    return _STYLES.get(verdict, "warning")
