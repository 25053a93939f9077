"""Outcomes in a file, so that a long run can be stopped and taken up again; and their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from tests.day_by_day.claims import FORMS
from tests.day_by_day.constructs import CONSTRUCTS
from tests.day_by_day.trials import Outcome

HEADINGS = ("proved", "refuted", "unknown", "gone through", "disagree")


def kept(file: Path) -> list[Outcome]:
    """The outcomes in the file, if there is one. A last line that was not written to its end is left out."""
    if not file.exists():
        return []
    lines = file.read_bytes().split(b"\n")[:-1]
    return [msgspec.json.decode(line, type=Outcome) for line in lines]


def keep(file: Path, outcome: Outcome) -> None:
    """Add the outcome to the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as out:
        out.write(msgspec.json.encode(outcome) + b"\n")


def summary(outcomes: Sequence[Outcome]) -> str:
    """The counts for every form of claim and for what laws are made of; why laws were refused, and claims are
    unknown; and the sums.
    """
    every = tuple(dict.fromkeys(FORMS))
    rows = [(form, [each for each in outcomes if each.form == form]) for form in every]
    made = [(name, [each for each in outcomes if name in each.has]) for name in CONSTRUCTS]
    decided = [each for each in outcomes if each.verdict]
    width = max(len(title) for title, _ in (*rows, *made))
    lines = [" " * width + "".join(f"{each:>14}" for each in HEADINGS)]
    lines += [_row(title, several, width) for title, several in (*rows, ("all", outcomes), *made)]
    lines += _most_common("refused", (each.refused for each in outcomes))
    lines += _most_common("unknown", (each.reason for each in outcomes))
    unknown = sum(each.verdict == "unknown" for each in decided)
    share = f"{100 * unknown / len(decided):.1f} per cent" if decided else "none"
    cpu = sum(each.cpu for each in outcomes)
    disagree = sum(bool(each.complaint) for each in outcomes)
    lines.append(
        f"{len(outcomes)} laws drawn, {sum(bool(each.refused) for each in outcomes)} refused,"
        f" {len(decided)} decided; {share} of these unknown; {disagree} disagree; {cpu:.0f} CPU s"
    )
    return "\n".join(lines)


def _row(title: str, outcomes: Sequence[Outcome], width: int) -> str:
    counts = [sum(each.verdict == verdict for each in outcomes) for verdict in HEADINGS[:3]]
    counts += [sum(each.whole for each in outcomes), sum(bool(each.complaint) for each in outcomes)]
    return f"{title:{width}}" + "".join(f"{each:>14}" for each in counts)


def _most_common(title: str, whys: Iterable[str]) -> list[str]:
    return [f"{title}: {count:>6}  {why}" for why, count in Counter(filter(None, whys)).most_common()]
