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
from checker.regime.self_maps import with_self_maps
from checker.regime.stratify import report_histories, report_quantifiers, report_sorts


@dataclass(frozen=True, slots=True)
class _Worded:
    """`wrong`: the mistakes in the words."""

    words: Words
    wrong: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Elaborated:
    """What was worked out of declarations, by which they are: it holds in any law that has them."""

    shared: list[Vocabulary] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    objects: Objects = field(default_factory=Objects)
    words: dict[tuple[object, ...], _Worded] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Elaborated], tuple[()]]:
        """Another process begins anew: what tells declarations apart here is none of theirs there."""
        return Elaborated, ()


@dataclass(slots=True)
class Elaborator:
    """Makes models of programs.

    `versions`: name and label of each; `columns`: the names that a column may be based on, and those of
    readings; `earlier`: what was worked out already.
    """

    sources: Sources
    versions: tuple[tuple[str, str], ...]
    columns: tuple[frozenset[str], frozenset[str]]
    clashes: Clashes
    earlier: Elaborated = field(default_factory=Elaborated)

    def known(self, program: Program, report: Report) -> Known:
        """The names of a program."""
        return self._known(with_self_maps(program), report)

    def _known(self, program: Program, report: Report) -> Known:
        words = self._words_of(program, report)
        vocabulary = vocabulary_of(program, words, self.columns, report)
        shared = next((each for each in self.earlier.shared if each == vocabulary), None)
        if shared is None:
            shared = vocabulary
            self.earlier.shared.append(vocabulary)
        return Known(words, vocabulary, shared)

    def _words_of(self, program: Program, report: Report) -> Words:
        """The names of a program, worked out once for all programs with the same declarations; most readings
        declare no names.
        """
        declared = tuple(vocabulary_declared(program))
        number, known = self.earlier.objects.number, self.earlier.words
        key = (self.versions, number(program.tables), *map(number, declared))
        if key not in known:
            own = Report()
            words = words_of_program(program, self.versions, own)
            report_cycles(program, own)
            known[key] = _Worded(words, tuple(own.found.values()))
        report.extend(known[key].wrong)
        return known[key].words

    def model(self, program: Program, column: str, report: Report) -> m.Model:
        """The model of a program. Mistakes go to the report; the model is only usable if there are none."""
        program = with_self_maps(program)
        known = self._known(program, report)
        report_sorts(known.words.functions.values(), report)
        model = Draft(self.sources, self.earlier.memory, program, known, report).model(column)
        report_conditions(model, report)
        report_quantifiers(program, known.words.functions.values(), report)
        report_histories(model, report)
        if all(each.code == "exception-to-nothing" for each in report.found.values()):
            self.clashes.report(model, report)
        return model
