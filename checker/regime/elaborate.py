"""From programs to typed models.

Each declaration is typed once for each vocabulary, and most columns of a regime share one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.language.diagnostics import Diagnostic
from checker.model import model as m
from checker.model.objects import Objects
from checker.regime.clashes import Clashes
from checker.regime.declared_names import Words, vocabulary_declared, vocabulary_of, words_of_program
from checker.regime.definitions import report_cycles
from checker.regime.file_texts import Sources
from checker.regime.make_model import Draft, Known, Memory
from checker.regime.names import Report, Vocabulary
from checker.regime.program import Program
from checker.regime.request_and_route import report_conditions
from checker.regime.stratify import report_quantifiers, report_sorts


@dataclass(frozen=True, slots=True)
class _Worded:
    """`wrong`: the mistakes in the words."""

    words: Words
    wrong: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Elaborator:
    """Makes models of programs.

    `versions`: name and label of each; `columns`: the names that a column may be based on, and those of
    readings.
    """

    sources: Sources
    versions: tuple[tuple[str, str], ...]
    columns: tuple[frozenset[str], frozenset[str]]
    clashes: Clashes
    _shared: list[Vocabulary] = field(default_factory=list)
    _memory: Memory = field(default_factory=Memory)
    _objects: Objects = field(default_factory=Objects)
    _words: dict[tuple[int, ...], _Worded] = field(default_factory=dict)

    def known(self, program: Program, report: Report) -> Known:
        """The names of a program."""
        words = self._words_of(program, report)
        vocabulary = vocabulary_of(program, words, self.columns, report)
        shared = next((each for each in self._shared if each == vocabulary), None)
        if shared is None:
            shared = vocabulary
            self._shared.append(vocabulary)
        return Known(words, vocabulary, shared)

    def _words_of(self, program: Program, report: Report) -> Words:
        """The names of a program, worked out once for all programs with the same declarations; most readings
        declare no names.
        """
        declared = tuple(vocabulary_declared(program))
        key = (self._objects.number(program.tables), *map(self._objects.number, declared))
        if key not in self._words:
            own = Report()
            words = words_of_program(program, self.versions, own)
            report_cycles(program, own)
            self._words[key] = _Worded(words, tuple(own.found.values()))
        report.extend(self._words[key].wrong)
        return self._words[key].words

    def model(self, program: Program, column: str, report: Report) -> m.Model:
        """The model of a program. Mistakes go to the report; the model is only usable if there are none."""
        known = self.known(program, report)
        report_sorts(known.words.functions.values(), report)
        model = Draft(self.sources, self._memory, program, known, report).model(column)
        report_conditions(model, report)
        report_quantifiers(program, known.words.functions.values(), report)
        if all(each.code == "exception-to-nothing" for each in report.found.values()):
            self.clashes.report(model, report)
        return model
