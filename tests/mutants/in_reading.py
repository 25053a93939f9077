"""Mistakes between the law's words and the typed model: what the rest of the checker then believes."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "unless-read-as-when",
        "reading the law",
        "`applies unless` is parsed as `applies when`.",
        "language/build_expressions.py",
        'return s.Clause("applies-unless", formula, formula.span)',
        'return s.Clause("applies-when", formula, formula.span)',
    ),
    Mutant(
        "effects-unless-is-when",
        "reading the law",
        "An effect or event happens where its rule says `applies unless`.",
        "regime/typed_rules.py",
        "            parts.append(e.Not(item.meaning.formula))",
        "            parts.append(item.meaning.formula)",
    ),
    Mutant(
        "exceptions-come-along",
        "reading the law",
        "`as X, without its exceptions` takes over the exceptions.",
        "regime/join_checks.py",
        "limbs = (*other.limbs, *check.limbs) if exceptions else check.limbs",
        "limbs = (*other.limbs, *check.limbs)",
    ),
    Mutant(
        "limbs-above-unheeded",
        "reading the law",
        "A limb holds without the conditions of the limbs above it.",
        "regime/join_checks.py",
        "items = (*above.items, *(_taken_back(each, taken, binders) for each in limb.items))",
        "items = tuple(_taken_back(each, taken, binders) for each in limb.items)",
    ),
    Mutant(
        "nothing-is-taken-back",
        "reading the law",
        "What a limb is subject to never takes it back.",
        "regime/join_checks.py",
        "    none = Not(said[0] if len(said) == 1 else Or(tuple(said)))",
        "    none = Or((Not(said[0] if len(said) == 1 else Or(tuple(said))), *said))",
        "prove/test_reach.py::test_a_system_is_decided[exceptions]",
    ),
    Mutant(
        "struck-limbs-stay",
        "reading the law",
        "What a modification strikes goes on being in force below what it strikes.",
        "regime/modifications.py",
        "        gone = _with_descendants(program.units, found)",
        "        gone = found",
    ),
    Mutant(
        "additions-forgotten",
        "reading the law",
        "What a reading adds to a rule is left out.",
        "regime/readings.py",
        "    return replace(unit, items=(*unit.items, item))",
        "    return replace(unit, items=(*unit.items, item)[:-1] or unit.items)",
    ),
    Mutant(
        "by-nobody-in-particular",
        "senders",
        "The senders that a claim names are not read.",
        "regime/typed_steps.py",
        "        named += [each for each in found if each is not None]",
        "        named += [each for each in found if each is None]",
    ),
    Mutant(
        "twice-read-as-once",
        "reading the law",
        "`after event E twice` is read as after one.",
        "language/build_claims.py",
        "            twice=twice is not None,",
        "            twice=False,",
    ),
    Mutant(
        "not-in-read-as-in",
        "reading the law",
        "`not in` is read as `in`.",
        "regime/typecheck.py",
        "return _negated_if(expr.negated, e.In(term, known))",
        "return _negated_if(False, e.In(term, known))",
    ),
    Mutant(
        "any-situation-read-as-reachable",
        "reading the law",
        "`in any situation` is read as in any that can be reached.",
        "language/build_claims.py",
        '            reachable=word == "always",',
        "            reachable=True,",
    ),
)
