"""What is wrong with a law or with what was asked of it, for CI."""

from __future__ import annotations

from checker.formats.outcome import Alert, Check, Outcome, Place, Rule, counted, one_line, sentence
from checker.results.mistakes import Mistake, Mistakes


def outcome_of_mistakes(mistakes: Mistakes) -> Outcome:
    """Return every mistake: the command did not begin, and nothing else is known."""
    found = mistakes.diagnostics
    codes = dict.fromkeys(each.code for each in found)
    return Outcome(
        command="diagnostics",
        repeat="redline",
        exit=mistakes.exit,
        seconds=0.0,
        sum=f"nothing was asked: {counted(len(found), 'mistake')}",
        rules=tuple(Rule(_rule(each), one_line(each.replace("-", " "))) for each in codes),
        alerts=tuple(map(_alert, found)),
        checks=tuple(map(_check, found)),
    )


def _rule(code: str) -> str:
    return f"diagnostic/{code}"


def _place(found: Mistake) -> Place | None:
    if found.file is None or found.line is None:
        return None
    return Place(found.file, found.line, found.column, found.end_line, found.end_column)


def _alert(found: Mistake) -> Alert:
    parts = (found.message, found.hint, *found.notes)
    return Alert(
        rule=_rule(found.code),
        level="error",
        title=one_line(found.message),
        message=" ".join(sentence(each) for each in parts if each),
        place=_place(found),
        identity=(found.message, found.heading),
    )


def _check(found: Mistake) -> Check:
    alert = _alert(found)
    where = "" if found.file is None else f"{found.file}:{found.line}: "
    return Check(
        "diagnostics", one_line(f"{where}{found.code}"), "no answer", alert.message, place=alert.place
    )
