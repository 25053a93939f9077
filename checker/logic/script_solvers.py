"""Asks solvers about SMT-LIB scripts, as re-checking does, without using this program's terms.

With `solver` and `z3_terms`, the only modules that know a solver.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import z3

Answer: TypeAlias = str
"""`unsat`, `sat`, or `unknown` followed by the solver's reason."""

Solving: TypeAlias = Callable[[str, float], Answer]
"""Answers a script within so many seconds."""


def by_z3(text: str, seconds: float) -> Answer:
    """Z3's answer to the script. Text that is not a script is `unknown`, too."""
    context = z3.Context()
    solver = z3.SimpleSolver(ctx=context)
    solver.set("timeout", max(1, int(seconds * 1000)))
    solver.set(ctrl_c=False)  # it would catch Ctrl-C, and not say so
    try:
        solver.from_string(text)
        answer = solver.check()
    except z3.Z3Exception as wrong:
        return f"unknown: {_first_line(wrong)}"
    if answer == z3.unknown:
        return f"unknown: {solver.reason_unknown()}"
    return str(answer)


def by_cvc5(text: str, seconds: float) -> Answer:
    """cvc5's answer to the script. Text that is not a script is `unknown`, too. If its default instantiation
    does not suffice, it is told to enumerate all ground terms.
    """
    answer = _by_cvc5(text, seconds, enumerating=False)
    return answer if answer in ("sat", "unsat") else _by_cvc5(text, seconds, enumerating=True)


def _by_cvc5(text: str, seconds: float, *, enumerating: bool) -> Answer:
    cvc5 = importlib.import_module("cvc5")
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("tlimit-per", str(max(1, int(seconds * 1000))))
    solver.setOption("enum-inst", "true" if enumerating else "false")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "script")
    symbols = parser.getSymbolManager()
    said = ""
    try:
        while not (command := parser.nextCommand()).isNull():
            said = command.invoke(solver, symbols).strip() or said
    except RuntimeError as wrong:
        return f"unknown: {_first_line(wrong)}"
    return said if said in ("sat", "unsat") else f"unknown: {said or 'no question was asked'}"


SOLVERS: Final[Mapping[str, Solving]] = {"z3": by_z3, "cvc5": by_cvc5}


def is_installed(name: str) -> bool:
    """Whether the solver of this name can be asked here."""
    return importlib.util.find_spec(name) is not None


def version_of(name: str) -> str:
    """The version of an installed solver."""
    return str(importlib.import_module(name).__version__) if name == "cvc5" else z3.get_version_string()


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
