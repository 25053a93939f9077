"""Statements that turn at most once while time passes and nothing else happens.

If it is asked whether one of them has *ever* been so, the first and the last day of a wait tell: what time
makes true and never false again is so on the last day, and what it only makes false was so on the first. So
time need not stop where such a statement turns, for however many things (`checker.regime.turning_days` says
where it stops otherwise).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from checker.model.clock import PRESENT_DAY, TIME, TODAY
from checker.model.environment import definition
from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Counted,
    Expression,
    History,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Definition, Model
from checker.model.reads import reads
from checker.model.reckoned import in_column


def known_at_the_end(model: Model, history: History) -> bool:
    """Whether the end of a wait tells if something has ever been so, whatever days it passed over."""
    if history.how not in {"ever", "breached"}:
        return False
    time = model.events.get(TIME)
    written = {update.function for each in time.lapses for update in each.updates} if time else set[str]()
    said = history.parts[0]  # of a breach, the second part is the same of a day that ends
    if written & reads(model, said).functions:
        return False
    return any(_Waiting(model).keeps(said, so=way) for way in (True, False))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What changes where only the present day does."""

    model: Model

    def keeps(self, said: Expression, *, so: bool) -> bool:
        """Whether a statement that is true (or false, if not `so`) plainly stays it."""
        if self._still(said):
            return True
        match said:
            case Not(body=body):
                return self.keeps(body, so=not so)
            case And(parts=parts) | Or(parts=parts):
                return all(self.keeps(each, so=so) for each in parts)
            case Implies(premise=given, conclusion=then):
                return self.keeps(given, so=not so) and self.keeps(then, so=so)
            case Quantified(universal=universal, where=where, body=body):
                kept = where is None or self.keeps(where, so=so is not universal)
                return kept and self.keeps(body, so=so)
            case Counted(how=how, body=body):
                return how != "exactly" and self.keeps(body, so=so is (how == "at least"))
            case Ordered(left=left, how=how, right=right):
                later, sooner = (left, right) if how in {"at least", "more than"} else (right, left)
                one, other = (later, sooner) if so else (sooner, later)
                return self._grows(one) and self._still(other)
            case Call(definition=name):
                named = definition(self.model, name)
                meant = named.body if isinstance(named, Definition) else named.formula.formula
                return self.keeps(meant, so=so)
            case Iff() | Is() | In() | Matches() | Present() | Apply() | Cases() | Arithmetic():
                return False  # it may turn more than once, or it is not plain which way it turns
            case Truth() | Variable() | Parameter() | Value() | Constant() | Absent() | VersionOf():
                return False
            case Before() | StepIs() | Outcome():
                return False  # never remembered
            case _:
                assert_never(said)

    def _grows(self, term: Term) -> bool:
        """Whether a term is worth no less on a later day."""
        if term == PRESENT_DAY or self._still(term):
            return True
        match term:
            case Arithmetic(operator="plus" | "least" | "greatest", parts=parts):
                return all(map(self._grows, parts))
            case Arithmetic(operator="working days") if (said := in_column(self.model, term)) is not term:
                return self._grows(said)
            case Arithmetic(operator="minus" | "months" | "working days", parts=(first, *others)):
                return self._grows(first) and all(map(self._still, others))
            case Arithmetic() | Apply() | Call() | Cases() | Variable() | Parameter() | Value():
                return False
            case Constant() | Absent() | VersionOf() | Before():
                return False
            case _:
                assert_never(term)

    def _still(self, part: Expression) -> bool:
        """Whether it reads neither the present day nor what has been."""
        named = reads(self.model, part).functions
        functions = self.model.functions
        return TODAY not in named and all(
            functions[each].history is None for each in named if each in functions
        )
