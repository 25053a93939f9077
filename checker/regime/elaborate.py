"""From programs to typed models.

Each declaration is typed once for each vocabulary; the columns of a regime mostly share theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.model import model as m
from checker.regime.definitions import report_cycles
from checker.regime.draft import Draft, Known, Memory
from checker.regime.names import Report, Vocabulary
from checker.regime.program import Program
from checker.regime.sources import Sources
from checker.regime.stages import report_conditions
from checker.regime.stratify import report_quantifiers, report_sorts
from checker.regime.vocabulary import vocabulary_of, words_of_program


@dataclass(slots=True)
class Elaborator:
    """Makes models of programs.

    `versions`: name and label of each; `columns`: the names that a column may be based on, and those of
    readings.
    """

    sources: Sources
    versions: tuple[tuple[str, str], ...]
    columns: tuple[frozenset[str], frozenset[str]]
    _shared: list[Vocabulary] = field(default_factory=list)
    _memory: Memory = field(default_factory=Memory)

    def known(self, program: Program, report: Report) -> Known:
        """What a program has names for."""
        words = words_of_program(program, self.versions, report)
        vocabulary = vocabulary_of(program, words, self.columns, report)
        shared = next((each for each in self._shared if each == vocabulary), None)
        if shared is None:
            shared = vocabulary
            self._shared.append(vocabulary)
        return Known(words, vocabulary, shared)

    def model(self, program: Program, column: str, report: Report) -> m.Model:
        """The model of a program. What is wrong goes to the report; the model is of use if nothing is."""
        known = self.known(program, report)
        report_cycles(program, report)
        report_sorts(known.words.functions.values(), report)
        model = Draft(self.sources, self._memory, program, known, report).model(column)
        report_conditions(model, report)
        report_quantifiers(program, known.words.functions.values(), report)
        return model
