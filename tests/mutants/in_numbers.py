"""Mistakes about numbers: in their meaning, in terms, in evidence, and in the second opinion."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "at-most-is-less-than",
        "numbers",
        "The encoder reads `at most` as `less than`.",
        "logic/encode_expressions.py",
        """            case "at most":
                holds = terms.at_most(left, right)""",
        """            case "at most":
                holds = terms.not_(terms.at_most(right, left))""",
        "prove/test_clauses.py",
    ),
    Mutant(
        "at-most-means-less-than",
        "numbers",
        "The meaning of `at most` is that of `less than`.",
        "model/quantities.py",
        "return left <= right",
        "return left < right",
        "model/test_quantities.py",
    ),
    Mutant(
        "rounded-towards-nothing",
        "numbers",
        "A negative share that is rounded down is rounded up.",
        "model/quantities.py",
        "return Fraction((factor * first).__floor__())",
        "return Fraction(int(factor * first))",
        "model/test_quantities.py",
    ),
    Mutant(
        "minus-is-plus",
        "numbers",
        "The encoder adds what is to be subtracted.",
        "logic/encode_expressions.py",
        "found = terms.weighed((1, first), *((-1, each) for each in rest))",
        "found = terms.weighed((1, first), *((1, each) for each in rest))",
        "prove/test_numbers.py",
    ),
    Mutant(
        "a-unit-off",
        "numbers",
        "A comparison that is turned round is off by one unit.",
        "logic/linear.py",
        "-bound - 1, FACT)",
        "-bound, FACT)",
        "logic/test_linear.py",
    ),
    Mutant(
        "bound-rounded-up",
        "numbers",
        "A comparison that is divided by what its sides share has its bound rounded up.",
        "logic/linear.py",
        "        bound //= common",
        "        bound = -(-bound // common)",
        "logic/test_linear.py",
    ),
    Mutant(
        "absent-is-compared",
        "numbers",
        "The encoder compares numbers that are absent.",
        "logic/encode_expressions.py",
        "return terms.and_(one.present, other.present, holds)",
        "return holds",
        "prove/test_numbers.py",
    ),
    Mutant(
        "requests-below-nothing",
        "numbers",
        "The encoder lets requests carry less than nothing of what is never negative.",
        "logic/symbolic_requests.py",
        "known is not None and not known.signed",
        "known is not None and known.decimals > 9",
        "prove/test_numbers.py",
    ),
    Mutant(
        "sums-are-explored",
        "numbers",
        "The second opinion takes a few numbers to stand for all where they are compared with each other.",
        "explore/finite_instance.py",
        """                if not values:
                    raise TooLarge("numbers are added, or compared with each other")""",
        """                if not values:
                    return""",
        "prove/test_numbers.py",
    ),
    Mutant(
        "negative-numerals-as-signs",
        "numbers",
        "A script writes a negative number as no solver reads it.",
        "logic/smtlib.py",
        """return str(number) if number >= 0 else f"(- {-number})\"""",
        """return str(number)""",
        "prove/test_clauses.py",
    ),
)
