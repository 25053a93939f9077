"""What `cover` found, for CI: edits that no claim notices."""

from __future__ import annotations

from collections import Counter
from typing import Final

from checker.formats.outcome import (
    Alert,
    Check,
    Judged,
    Level,
    Outcome,
    Place,
    Rule,
    Table,
    counted,
    one_line,
    rules_used,
    sentence,
)
from checker.formats.texts import first_page
from checker.language.invisible_characters import visible
from checker.results.answer import kept
from checker.rooms.cover.answer import Edit, Edits
from checker.rooms.cover.find import Weight
from checker.rooms.cover.text import Covered, said_of

_RULES: Final = (
    Rule("cover/unnoticed", "An edit changes what is decided, and no claim notices: a claim is missing."),
    Rule("cover/unknown", "It is not known whether a claim notices an edit."),
)
_LEVELS: Final[dict[Weight, Level]] = {"unnoticed": "error", "unknown": "warning"}
_JUDGED: Final[dict[Weight, Judged]] = {
    "noticed": "passed",
    "nothing changes": "passed",
    "unnoticed": "failed",
    "not compared": "left out",
    "unknown": "no answer",
}


def outcome_of_edits(found: Edits) -> Outcome:
    """Return every edit, and as alerts those that no claim notices."""
    covered = kept(found, "covered", Covered)
    alerts = tuple(
        _alert(each, covered, _LEVELS[each.weight]) for each in found.edits if each.weight in _LEVELS
    )
    counts = Counter(each.weight for each in found.edits)
    unnoticed = counts["unnoticed"]
    return Outcome(
        command="cover",
        repeat=found.command,
        exit=found.exit,
        seconds=found.seconds,
        sum=f"{counted(len(found.edits), 'edit')} of {found.column}, {unnoticed or 'none'} unnoticed",
        rules=rules_used(_RULES, alerts),
        alerts=alerts,
        checks=tuple(_check(each) for each in found.edits),
        tables=(Table("Edits", ("", "edits"), tuple((each, str(n)) for each, n in counts.items())),),
        law=first_page(covered.regime),
        shipped=found.shipped,
    )


def _name(edit: Edit) -> str:
    words = f" “{' … '.join(edit.words)}”" if edit.words else ""
    instead = f": `{edit.said}` becomes `{edit.instead}`" if edit.instead else ""
    return f"{edit.how} {edit.part} of {edit.rule}{words}{instead}"


def _alert(edit: Edit, covered: Covered, level: Level) -> Alert:
    if level == "error":
        said = f"No claim notices this edit of {covered.column}: {_name(edit)}"
        more = [said_of(covered, each) for each in edit.unseen]
    else:
        said, more = f"It is not known whether a claim notices this edit: {_name(edit)}", [edit.reason]
    return Alert(
        rule=f"cover/{edit.weight}",
        level=level,
        title=one_line(said),
        message=" ".join(sentence(each) for each in (said, *more[:1]) if each),
        place=Place.read(edit.place),
        identity=(str(covered.column), edit.rule, edit.part, edit.how, *edit.words, edit.said, edit.instead),
        details=visible("\n".join(more)),
    )


def _check(edit: Edit) -> Check:
    by = ", ".join(f"{each.number} ({each.before} to {each.after})" for each in edit.noticed_by)
    message = f"noticed by {by}" if by else edit.reason or edit.weight
    judged = _JUDGED[edit.weight]
    return Check(edit.rule, one_line(_name(edit)), judged, one_line(message), "", 0.0, Place.read(edit.place))
