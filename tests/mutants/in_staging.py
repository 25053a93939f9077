"""Mistakes about requests that are under way."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "let-pass-unchecked",
        "staging",
        "A component lets requests pass on their way without a check.",
        "regime/staged_law.py",
        "come = And((self._passes(stage), come))",
        "come = And((come,))",
    ),
    Mutant(
        "carried-out-twice",
        "staging",
        "A request that has been carried out is still under way.",
        "regime/staged_law.py",
        "updates=(*effect.updates, self._over())",
        "updates=(*effect.updates, self._over())[:-1]",
    ),
    Mutant(
        "carried-out-without-effect",
        "staging",
        "A request that changed nothing is still under way when it has been carried out.",
        "regime/staged_law.py",
        "if None not in others:",
        "if not others:",
        "question/test_staged_laws.py::test_what_was_carried_out_is_under_way_no_more",
    ),
    Mutant(
        "under-way-at-the-start",
        "staging",
        "A story may start with requests that nothing let pass.",
        "regime/staged_law.py",
        "start=(*old.start, self._start()),",
        "start=old.start,",
    ),
    Mutant(
        "another-request-passes",
        "staging",
        "A request meets no check where another one was let pass.",
        "regime/staged_law.py",
        "return And((at, Call(_AS_SENT, (), FACT)))",
        "return And((at,))",
    ),
    Mutant(
        "behind-is-checked-again",
        "staging",
        "The solver has a request checked again where it was let pass.",
        "logic/encode.py",
        "ahead = self.terms.not_(self.formula(stage.behind, scope))",
        "ahead = self.terms.true",
    ),
    Mutant(
        "nothing-is-ahead",
        "staging",
        "Replay makes no check of a request that is under way.",
        "model/meaning.py",
        "if component[0] in check.components and not behind",
        "if component[0] in check.components and not request.values.get('in flight')",
    ),
    Mutant(
        "trap-for-some-requests",
        "staging",
        "What requests in one go cannot bring about counts as out of reach.",
        "trusted/requirements.py",
        'case Leads(modality="possibly") if verdict == "refuted" and question.half_decided is not None:',
        'case Leads(modality="possibly") if verdict == "never" and question.half_decided is not None:',
    ),
    Mutant(
        "exemption-forgotten",
        "staging",
        "Claims about exemptions are asked of requests that have the exemption behind them.",
        "model/under_way.py",
        'if outcome.kind == "exempted":',
        'if outcome.kind == "exempted" and outcome.column:',
    ),
)
