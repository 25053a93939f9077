"""From programs to typed models.

Each declaration is typed once for each vocabulary, and most columns of a regime share one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from checker.language.diagnostics import Diagnostic
from checker.model import model as m
from checker.model.commencement import Commencement
from checker.model.expressions import DATE
from checker.model.objects import Objects
from checker.regime.clashes import Clashes
from checker.regime.declared_names import Words, vocabulary_declared, vocabulary_of, words_of_program
from checker.regime.definitions import report_cycles
from checker.regime.eras import one_after_the_other
from checker.regime.file_texts import Sources
from checker.regime.make_model import Draft, Known, Memory, Rules
from checker.regime.names import Report, Vocabulary
from checker.regime.program import Program
from checker.regime.request_and_route import report_conditions
from checker.regime.self_maps import with_self_maps
from checker.regime.stratify import report_histories, report_quantifiers, report_sorts
from checker.regime.term_context import STATE
from checker.regime.typed_rules import Ruler


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
        model = self._rules(program, column, report).whole(report)
        report_conditions(model, report)
        report_histories(model, report)
        if _sound(report):
            self.clashes.report(model, report)
        return model

    def _rules(self, program: Program, column: str, report: Report) -> Rules:
        """The rules of all that is in force in a program at one time or another, each on its own days."""
        newest = with_self_maps(replace(program, until=()))
        known = self._known(newest, report)
        functions = known.words.functions.values()
        report_sorts(functions, report)
        rules = Draft(self.sources, self.earlier.memory, newest, known, report).rules(column)
        report_quantifiers(newest, functions, report)
        for each in program.until:
            old = self._rules(each.program, column, report)
            day = Ruler(known.vocabulary, self.sources, report).typer.term(each.day, STATE, DATE)
            if day is not None and _sound(report):
                commencement = Commencement(each.by, day, each.day.span)
                rules = one_after_the_other(old, rules, commencement, report)
        return rules


def _sound(report: Report) -> bool:
    return all(each.code == "exception-to-nothing" for each in report.found.values())
