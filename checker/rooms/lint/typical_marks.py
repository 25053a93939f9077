"""`typical` marks that no story can meet, alone or together with one that counts more."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.model.claim import Column
from checker.model.expressions import And, Formula, Quantified, Variable
from checker.model.made_of import within
from checker.model.model import Typical
from checker.model.rebuild import of_request, with_variables
from checker.model.unparse import unparse
from checker.prove.deciding_rules import R
from checker.rooms.lint.claims import Asker, LintQuestion
from checker.rooms.lint.finding import Finding, Kind
from checker.rooms.lint.words_and_rules import Law


@dataclass(frozen=True, slots=True)
class TypicalLint:
    """The marks of one version."""

    law: Law

    @property
    def column(self) -> Column:
        """The version as it stands."""
        return Column(self.law.version)

    @property
    def marks(self) -> tuple[Typical, ...]:
        """The marks in the order in which they count."""
        return self.law.model.typical

    # ------------------------------------------------------------ questions

    def together(self, marks: Sequence[Typical]) -> LintQuestion:
        """Return whether all of the marks can be met at once, by some request and by the same things."""
        names = " and ".join(each.name for each in marks)
        said = "it is" if len(marks) == 1 else "they are all"
        request = self._request()
        statement = f"in some situation, for some request {request}: {unparse(self._met(marks, request))}"
        return LintQuestion("typical", f"It can be that {said} typical: {names}.", statement, "proved")

    def first(self) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield whether all marks can be met at once, which there is nothing to be said of then."""
        if self.marks:
            yield self.together(self.marks), self.column

    def second(self, asker: Asker) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield whether each can be met by itself."""
        if self._at_odds(asker, self.marks):
            yield from ((self.together((each,)), self.column) for each in self.marks)

    def third(self, asker: Asker) -> Iterator[tuple[LintQuestion, Column]]:
        """Yield whether each can be met beside each other one that can."""
        yield from ((self.together(pair), self.column) for pair in self._pairs(asker))

    # ------------------------------------------------------------- findings

    def findings(self, asker: Asker) -> Iterator[Finding]:
        """Yield what the answers show."""
        if not self._at_odds(asker, self.marks):
            return
        for each in self.marks:
            if self._at_odds(asker, (each,)):
                yield self._found("typical-never", each, "nothing can be as `{}` says", asker, (each,))
        for pair in self._pairs(asker):
            if self._at_odds(asker, pair):
                message = f"where something is as `{pair[0].name}` says, it cannot be as `{{}}` says"
                yield self._found("typical-at-odds", pair[1], message, asker, pair)

    def _found(
        self, kind: Kind, mark: Typical, message: str, asker: Asker, asked: Sequence[Typical]
    ) -> Finding:
        number = asker.answer(self.together(asked), self.column).number
        told, versions = message.format(mark.name), (self.law.version,)
        notes = (f"it says: {mark.sentence}",)
        return Finding(kind, mark.name, told, "", (), mark.span, versions, notes, (number,))

    def _at_odds(self, asker: Asker, marks: Sequence[Typical]) -> bool:
        return bool(marks) and asker.answer(self.together(marks), self.column).unusual

    def _pairs(self, asker: Asker) -> Iterator[tuple[Typical, Typical]]:
        if self._at_odds(asker, self.marks):
            possible = [each for each in self.marks if not self._at_odds(asker, (each,))]
            yield from itertools.combinations(possible, 2)

    # ------------------------------------------------------------- formulas

    def _request(self) -> str:
        """A name for the request that no mark has for anything."""
        taken = {part.name for part in within(self.marks) if isinstance(part, Variable)}
        numbered = (f"{R}-{number}" for number in itertools.count(1))
        return next(name for name in (R, *itertools.islice(numbered, len(taken))) if name not in taken)

    def _met(self, marks: Sequence[Typical], request: str) -> Formula:
        """That the request is as the marks of requests say, and some things are as those of things say."""
        definitions = self.law.model.definitions.values()
        reading = frozenset(each.name for each in definitions if each.reads_request)
        shared: dict[Variable, None] = {}
        parts: list[Formula] = []
        for each in marks:
            given = dict(_shared(each.variables))
            shared |= dict.fromkeys(given.values())
            parts.append(with_variables(of_request(each.formula.formula, request, reading), given))
        met = parts[0] if len(parts) == 1 else And(tuple(parts))
        return Quantified(universal=False, variables=tuple(shared), where=None, body=met) if shared else met


def _shared(variables: Sequence[Variable]) -> Iterator[tuple[str, Variable]]:
    """For every variable one that all marks have in common, by its sort and its place among those of it."""
    count: Counter[str] = Counter()
    for each in variables:
        count[each.sort.name] += 1
        yield each.name, Variable(f"typical-{each.sort.name}-{count[each.sort.name]}", each.sort)
