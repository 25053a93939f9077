"""The words of the law with what each phrase means, what turns on it, and what changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from checker.regime.lists_compared import Change
from checker.regime.redlining import Segment
from checker.results.parts import Verdict
from checker.results.redlined import Clause, Meaning, RedlinedLaw, RuleMeaning
from checker.rooms.cover.answer import Edit, Edits
from checker.story.case_note import CaseNote, QuoteNote

Key: TypeAlias = tuple[tuple[str, ...], str]
"""The words of a meaning; of one without words, what was inferred."""


@dataclass(frozen=True, slots=True)
class Turning:
    """A claim that turns on words, in a column, and `how` that is known."""

    claim: str
    column: str
    how: str


@dataclass(frozen=True, slots=True)
class Told:
    """A meaning on the page: its `number`, the claims that turn on it, and the edits of it that `cover` made.
    `old`: it is what words meant before.
    """

    number: int
    meaning: Meaning
    turning: tuple[Turning, ...]
    edits: tuple[Edit, ...]
    old: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What one rule says of a clause."""

    title: str
    meanings: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one kind that belong to the same meaning, or to none (`number` 0). `by`: the modification.
    `first`: the words of the meaning begin here.
    """

    change: Change
    text: str
    by: str
    number: int
    first: bool


@dataclass(frozen=True, slots=True)
class MarkedClause:
    """A clause: its words in stretches, and under them what the rules say; `before`: what they said."""

    clause: Clause
    number: int
    stretches: tuple[Stretch, ...]
    rules: tuple[Rule, ...]
    before: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class MarkedLaw:
    """The whole law of a version, and the rules that no words stand for. `numbers`: of meanings, by words."""

    clauses: tuple[MarkedClause, ...]
    inferred: tuple[Rule, ...]
    numbers: Mapping[Key, int]


def key_of(each: Meaning | QuoteNote) -> Key:
    """Return what a meaning is found by."""
    return each.words, "" if each.words else each.inference or ""


def marked_law(law: RedlinedLaw, verdicts: Sequence[Verdict], edits: Edits | None) -> MarkedLaw:
    """Return the law with what turns on its words, as far as `verdicts` and `edits` tell."""
    counting = _Counting(_turning(verdicts), _edited(edits))
    clauses = tuple(_clause(number, each, counting) for number, each in enumerate(law.clauses, 1))
    inferred = tuple(counting.rule(each) for each in law.inferred)
    return MarkedLaw(clauses, inferred, counting.numbers)


class _Counting:
    """Numbers meanings as they come."""

    def __init__(
        self, turning: Mapping[Key, tuple[Turning, ...]], edits: Mapping[str, tuple[Edit, ...]]
    ) -> None:
        self._turning, self._edits, self._count = turning, edits, 0
        self.numbers: dict[Key, int] = {}

    def rule(self, rule: RuleMeaning, *, old: bool = False) -> Rule:
        return Rule(rule.title, tuple(self._told(each, old=old) for each in rule.items))

    def _told(self, meaning: Meaning, *, old: bool) -> Told:
        self._count += 1
        if not old:
            self.numbers.setdefault(key_of(meaning), self._count)
        turning = self._turning.get(key_of(meaning), ()) if meaning.means else ()
        edits = () if old else self._edits.get(meaning.place, ())
        return Told(self._count, meaning, turning, edits, old)


def _clause(number: int, clause: Clause, counting: _Counting) -> MarkedClause:
    rules = tuple(counting.rule(each) for each in clause.rules)
    before = tuple(counting.rule(each, old=True) for each in clause.before)
    return MarkedClause(clause, number, tuple(_stretches(clause, rules, before)), rules, before)


# ----------------------------------------------------------------------- words


def _stretches(clause: Clause, rules: Sequence[Rule], before: Sequence[Rule]) -> Iterator[Stretch]:
    """Yield the words in stretches that are alike in all respects."""
    letters = list(_letters(clause.segments))
    owners = [0] * len(letters)
    _own(letters, owners, "struck", before)
    _own(letters, owners, "inserted", rules)
    begun: set[int] = set()
    at = 0
    while at < len(letters):
        stop = at
        while stop < len(letters) and _alike(letters, owners, at, stop):
            stop += 1
        _, change, by = letters[at]
        text = "".join(letter for letter, _, _ in letters[at:stop])
        yield Stretch(change, text, by, owners[at], owners[at] not in begun)
        begun.add(owners[at])
        at = stop


def _letters(segments: Sequence[Segment]) -> Iterator[tuple[str, Change, str]]:
    """Yield every letter with what became of it, and by whom."""
    for number, each in enumerate(segments):
        text = f" {each.text}" if number and each.spaced else each.text
        yield from ((letter, each.kind, each.by) for letter in text)


def _alike(letters: Sequence[tuple[str, Change, str]], owners: Sequence[int], at: int, other: int) -> bool:
    return letters[at][1:] == letters[other][1:] and owners[at] == owners[other]


def _own(
    letters: Sequence[tuple[str, Change, str]], owners: list[int], kind: Change, rules: Sequence[Rule]
) -> None:
    """Say of each letter which meaning it belongs to: of those kept, or changed in the `kind` of way.
    Longer phrases first, and no letter belongs to two.
    """
    shown = [at for at, (_, change, _) in enumerate(letters) if change in ("kept", kind)]
    text = "".join(letters[at][0] for at in shown)
    phrases = [
        (words, each.number) for rule in rules for each in rule.meanings for words in each.meaning.words
    ]
    for words, number in sorted(phrases, key=lambda pair: -len(pair[0])):
        start = text.find(words) if words else -1
        while start >= 0:
            places = shown[start : start + len(words)]
            if not any(owners[at] for at in places):
                for at in range(places[0], places[-1] + 1):
                    owners[at] = owners[at] or number if letters[at][1] in ("kept", kind) else owners[at]
                break
            start = text.find(words, start + 1)


# --------------------------------------------------------------------- turning


RESTING: Final = "Claims whose verdict rests on it"
DECIDING: Final = "Claims in whose stories it decides"


def _turning(verdicts: Sequence[Verdict]) -> dict[Key, tuple[Turning, ...]]:
    """Return the claims that turn on words, each once: in the first column of the answer in which it does."""
    found: dict[Key, dict[tuple[str, str], Turning]] = {}
    for verdict in verdicts:
        claim, column = verdict.claim.number, verdict.column.text
        grounds = () if verdict.blame is None else verdict.blame.needed
        quotes = deciding_quotes(verdict.note)
        turns = (
            *((RESTING, (each.words, "")) for each in grounds),
            *((DECIDING, key_of(each)) for each in quotes),
        )
        for how, key in turns:
            found.setdefault(key, {}).setdefault((how, claim), Turning(claim, column, how))
    return {key: tuple(turns.values()) for key, turns in found.items()}


def deciding_quotes(note: CaseNote) -> Iterator[QuoteNote]:
    """Yield the words that decide a request of the story: for refusing it, or for exempting it."""
    for step in (*note.steps, *note.trials, *((note.attempt,) if note.attempt else ())):
        for stage in step.stages:
            for check in stage.checks if stage.reached and not stage.behind else ():
                if check.outcome == "refuses":
                    yield from check.quotes
                elif check.outcome == "exempted":
                    yield from (each for each in check.quotes if each.kind == "condition")


def _edited(edits: Edits | None) -> dict[str, tuple[Edit, ...]]:
    """Return the edits of phrases by the place of the phrase's meaning."""
    found: dict[str, tuple[Edit, ...]] = {}
    every: Iterable[Edit] = () if edits is None else edits.edits
    for each in every:
        if each.words:
            found[each.place] = (*found.get(each.place, ()), each)
    return found
