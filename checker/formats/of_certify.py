"""What `certify` found, for CI: evidence that is rejected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.exits import GATE_FAILED, INTERNAL, NO_ANSWER
from checker.formats.outcome import (
    Alert,
    Check,
    Judged,
    Outcome,
    Place,
    Rule,
    counted,
    level_of,
    one_line,
    rules_used,
    sentence,
)
from checker.formats.texts import first_page
from checker.language.invisible_characters import visible
from checker.regime.regime import Regime
from checker.results.answer import kept
from checker.results.certification import Certification, Entry

_RULES: Final = (
    Rule("evidence/rejected", "Evidence does not show what it is to show."),
    Rule("evidence/vacuous", "What the claim speaks of never occurs."),
    Rule("evidence/open", "There is no verdict to be certified."),
    Rule("evidence/missing", "The folder has no entry for an expectation."),
)
_JUDGED: Final[Mapping[str, Judged]] = {"rejected": "failed", "vacuous": "failed", "open": "no answer"}
_CODES: Final = {"rejected": INTERNAL, "vacuous": GATE_FAILED, "open": NO_ANSWER}


def outcome_of_certification(found: Certification) -> Outcome:
    """Return what became of every entry."""
    regime = kept(found, "regime", Regime)
    places = {f"claim {each.number}, {each.name}, in ": Place.of(each.span) for each in regime.claims}
    alerts = (*_problems(found), *_entries(found, places), *_missing(found))
    held = sum(not _state(each) for each in found.entries)
    judged = "certified" if found.certified else "rejected"
    return Outcome(
        command="certify",
        repeat="redline certify",
        exit=found.exit,
        seconds=found.seconds,
        sum=f"the evidence is {judged}: {held} of {counted(len(found.entries), 'entry', 'entries')} hold",
        rules=rules_used(_RULES, alerts),
        alerts=alerts,
        checks=tuple(_checks(found)),
        law=first_page(regime),
        shipped=found.shipped,
    )


def _state(entry: Entry) -> str:
    """Return what is not as it should be of an entry; nothing if all is."""
    return "rejected" if entry.rejected else "open" if entry.open else "vacuous" if entry.vacuous else ""


def _problems(found: Certification) -> Iterator[Alert]:
    for each in found.problems:
        said = f"The folder of evidence is rejected: {each}"
        yield Alert("evidence/rejected", "error", one_line(said), sentence(said), None, (each,))


def _entries(found: Certification, places: Mapping[str, Place | None]) -> Iterator[Alert]:
    for each in found.entries:
        state = _state(each)
        level = level_of(_CODES[state]) if state else None
        if level is not None:
            place = next((at for name, at in places.items() if each.subject.startswith(name)), None)
            said = f"{'No verdict' if state == 'open' else state.capitalize()}: {each.subject}"
            message = " ".join(sentence(part) for part in (said, *each.rejected))
            details = visible("\n".join(each.rejected))
            yield Alert(f"evidence/{state}", level, one_line(said), message, place, (each.subject,), details)


def _missing(found: Certification) -> Iterator[Alert]:
    for each in found.missing:
        claims = f"claims {', '.join(each.claims)}" if each.claims else "any claim"
        said = f"Not in the folder: {claims} in {each.column}"
        yield Alert("evidence/missing", "note", one_line(said), sentence(said), None, (each.column,))


def _checks(found: Certification) -> Iterator[Check]:
    for problem in found.problems:
        yield Check("certify", "the folder", "failed", one_line(problem))
    for each in found.entries:
        state = _state(each)
        judged = _JUDGED[state] if state else "passed"
        message = one_line("; ".join(each.rejected) or state)
        yield Check("certify", one_line(each.subject), judged, message, visible("\n".join(each.rejected)))
