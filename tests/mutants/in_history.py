"""Mistakes in what has been: what is read before a step instead of after it, or not at all."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

REGISTER = "prove/test_reach.py::test_a_system_is_decided[history]"

MUTANTS = (
    Mutant(
        "ever-before-the-step",
        "history",
        "What has ever been is read in the situation before the step.",
        "logic/encode_history.py",
        "return terms.or_(so_far, now(0))",
        "return terms.or_(so_far, earlier(0))",
        REGISTER,
    ),
    Mutant(
        "since-while-it-holds",
        "history",
        "`p since q` holds from any situation in which q holds, and not only where it comes about.",
        "logic/encode_history.py",
        "terms.or_(so_far, terms.and_(now(1), terms.not_(earlier(1))))",
        "terms.or_(so_far, now(1))",
        REGISTER,
    ),
    Mutant(
        "as-of-while-it-holds",
        "history",
        "`p as of q` follows p for as long as q holds.",
        "logic/encode_history.py",
        "return terms.ite(terms.and_(now(1), terms.not_(earlier(1))), now(0), so_far)",
        "return terms.ite(now(1), now(0), so_far)",
        REGISTER,
    ),
    Mutant(
        "start-with-a-past",
        "history",
        "Where a story starts, anything may have been.",
        "logic/encode_history.py",
        "return terms.not_(kept)",
        "return terms.true",
        REGISTER,
    ),
    Mutant(
        "what-is-has-not-been",
        "history",
        "In any situation, what is need not have been.",
        "logic/encode_history.py",
        "return terms.or_(kept, _Reading(self.encoder, state, history, arguments)(0))",
        "return kept",
        REGISTER,
    ),
    Mutant(
        "steps-change-no-history",
        "history",
        "Which steps change what has been is not looked at.",
        "question/workbench.py",
        "written.add(function.name)",
        "pass",
        REGISTER,
    ),
    Mutant(
        "remembered-before-the-step",
        "history",
        "The meaning reads what has ever been before the step, too.",
        "model/history.py",
        "return so_far or so(history.parts[0], env)",
        "return so_far or so(history.parts[0], before)",
        "model/test_history.py",
    ),
    Mutant(
        "replayed-with-a-past",
        "history",
        "A story may start with a past.",
        "model/steps.py",
        "if starts and not is_start(model, first, deadline):",
        "if False:",
        "trusted/test_history.py",
    ),
    Mutant(
        "histories-apart-unseen",
        "history",
        "Versions are compared though they do not mean the same by what has been.",
        "model/comparable.py",
        "        yield from _remembered_apart(one, other, read)\n",
        "",
        "trusted/test_history.py",
    ),
)
