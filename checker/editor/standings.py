"""The verdicts that were found for the newest text, and what turned since the last one that was saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on a claim in a column. `saved`: that of the text that was saved last, "" if it is not
    known; `expected`: what the claim's author expects, "" for nothing.
    """

    claim: str
    number: str
    column: str
    verdict: str
    expected: str = ""
    saved: str = ""

    @property
    def turned(self) -> bool:
        """Whether it is another than that of the text that was saved last."""
        return bool(self.saved) and self.saved != self.verdict

    @property
    def odd(self) -> bool:
        """Whether it is not what the claim's author expects."""
        return bool(self.expected) and self.expected != self.verdict


def told(standing: Standing) -> str:
    """A verdict in a line: `new: refuted (expected proved), was proved`."""
    odd = f" (expected {standing.expected})" if standing.odd else ""
    was = f", was {standing.saved} when saved" if standing.turned else ""
    return f"{standing.column}: {standing.verdict}{odd}{was}"


def of_claim(standings: Iterable[Standing], columns: Sequence[str]) -> str:
    """A line over a claim. `columns`: those in which its author expects a verdict, in which order they are
    told, whichever is found first; some may not be known.
    """
    known = {each.column: each for each in standings}
    found = {each: known[each] for each in (*columns, *known) if each in known}
    turned = [each for each in found.values() if each.turned]
    first = [f"TURNED {each.column}: {each.saved} → {each.verdict}" for each in turned]
    odd = [each for each in found.values() if each.odd and not each.turned]
    first += [f"NOT AS EXPECTED {each.column}: {each.verdict}" for each in odd]
    quiet = [each for each in found.values() if each not in turned and each not in odd]
    by_verdict: dict[str, list[str]] = {}
    for each in quiet:
        by_verdict.setdefault(each.verdict, []).append(each.column)
    parts = [f"{verdict}: {', '.join(names)}" for verdict, names in by_verdict.items()]
    waiting = [each for each in columns if each not in found]
    if waiting:
        parts.append(f"… {len(waiting)} to come" if found else "… no verdict yet")
    return " · ".join((*first, *parts))


def of_clause(standings: Sequence[Standing], claims: Iterable[str]) -> str:
    """A line over a clause: the verdicts on the claims that can turn on it."""
    names = set(claims)
    found = [each for each in standings if each.claim in names]
    numbers = sorted({each.number for each in found})
    if not names:
        return "no claim turns on this clause"
    turned = sorted({each.number for each in found if each.turned})
    odd = sorted({each.number for each in found if each.odd})
    counts: dict[str, int] = {}
    for each in found:
        counts[each.verdict] = counts.get(each.verdict, 0) + 1
    parts = [f"TURNED: {', '.join(turned)}"] if turned else []
    parts += [f"NOT AS EXPECTED: {', '.join(odd)}"] if odd else []
    parts += [f"{count} {verdict}" for verdict, count in sorted(counts.items())]
    many = f"{len(names)} claim{'s' * (len(names) != 1)}"
    return f"{many} may turn on this clause{': ' if parts else ''}{' · '.join(parts)}" if numbers else many
