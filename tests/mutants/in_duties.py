"""Mistakes about duties: from when somebody is in breach, for how long, and what is supposed of them."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "late-on-the-last-day",
        "dates",
        "Somebody is in breach on the last day already.",
        "model/duties.py",
        'past = Ordered(PRESENT_DAY, "more than", duty.day)',
        'past = Ordered(PRESENT_DAY, "at least", duty.day)',
        "prove/test_duties.py",
    ),
    Mutant(
        "done-as-the-day-begins",
        "dates",
        "What the law ends as the next day begins was in time.",
        "logic/encode_history.py",
        "terms.or_(so_far, now(0), terms.and_(ended, earlier(1)))",
        "terms.or_(so_far, now(0))",
        "prove/test_duties.py",
    ),
    Mutant(
        "kept-so-far",
        "dates",
        "Steps that a claim asks for may break the duty that it supposes to be kept.",
        "regime/kept_duties.py",
        "return replace(statement, goal=And((goal, kept)))",
        "return statement",
        "prove/test_duties.py",
    ),
    Mutant(
        "kept-before-the-step",
        "dates",
        "The last step may break the duty that is supposed to be kept.",
        "regime/kept_duties.py",
        "formula=Implies(kept, formula))",
        "formula=formula)",
        "prove/test_duties.py",
    ),
    Mutant(
        "breach-that-nobody-sees",
        "dates",
        "A breach may be asked about that the law ends as it comes about.",
        "model/unseen_breaches.py",
        "more != days + 1",
        "more >= 0",
        "prove/test_duties.py",
    ),
    Mutant(
        "somebody-else-in-breach",
        "dates",
        "Whoever gets the duty by a step is in breach, not whoever had it.",
        "story/breaches.py",
        "there = then if ended or not comes else now",
        "there = now",
        "prove/test_duties.py",
    ),
    Mutant(
        "duty-of-nobody",
        "dates",
        "A duty is broken that is nobody's.",
        "regime/duties.py",
        "return functions[name].optional or",
        "return",
        "prove/test_duties.py",
    ),
)
