"""Terms and statements in the words that the spec has for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, assert_never

from checker.model.duties import duty_of, party_of
from checker.model.duty import Duty
from checker.model.evaluate import definition
from checker.model.expressions import (
    FACT,
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
    Formula,
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
from checker.model.lasting import lasting, promised
from checker.model.made_of import ONLY_TERMS
from checker.model.model import Definition, Function, Model
from checker.model.orders import in_words, order_of, stepped
from checker.model.quantities import OPPOSITE, how_said
from checker.model.shapes import is_shape
from checker.model.unparse import unparse
from checker.story.given_names import Names, value_label
from checker.story.has_been import has_been, has_been_for
from checker.story.several_clauses import Clause, conjuncts, goes_on, joined, not_all, undenied
from checker.story.step_phrases import nothing
from checker.story.wording import (
    called,
    clause_and_name,
    how_many,
    in_breach,
    in_order,
    listed,
    reckoned,
    some,
    spaced,
    sure,
    there_is_no,
    worded,
)

_BINDING: Final = (Quantified, Counted)  # what goes on to the end of the sentence

_FEW: Final = 6  # values that a list tells in full


@dataclass(frozen=True, slots=True)
class Phrases:
    """`called`: what a variable of the claim is called; by default, its own name. `carried`: what is known of
    a parameter of a request; by default, it is called what it is to the request. `told`: the parameters that
    were spoken of before. `requests`: what requests are called; one that is not among them is “the request”.
    """

    model: Model
    called: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[Parameter, str] = field(default_factory=dict)
    told: frozenset[Parameter] = frozenset()
    requests: Mapping[str, str] = field(default_factory=dict)

    def of(self, term: Expression) -> str:
        """Return the term in words; as it is written where the spec has none for it."""
        return self.words(term) or f"`{unparse(term)}`"

    def said(self, formula: Formula) -> str | None:
        """Return what the formula says as a clause, or None if the spec has no words for it."""
        due = promised(formula)
        if due is not None:
            told = (self.said(due.condition), self.said(due.goal), self.words(due.period))
            return "once {}, {} within {}".format(*told) if all(told) else None
        match formula:
            case And():
                return self._joined(tuple(conjuncts(formula)), "and")
            case Or(parts=parts):
                return self._joined(parts, "or")
            case Quantified():
                return self._of_all(formula, denied=False)
            case Not(body=Quantified() as body):
                return self._of_all(body, denied=True)
            case Counted():
                return self._of_so_many(formula, denied=False)
            case Not(body=Counted() as body):
                return self._of_so_many(body, denied=True)
            case Not(body=And() as body):
                return not_all([self._one_of_several(each) for each in conjuncts(body)])
            case Not(body=Or(parts=parts)):
                return self.said(And(tuple(Not(each) for each in parts)))
            case Not(body=Implies(premise=premise, conclusion=conclusion)):
                return self.said(And((premise, Not(conclusion))))
            case Not(body=Not(body=body)):
                return self.said(body)
            case Not(body=body):
                return self._clause(body, denied=True)
            case Implies(premise=premise, conclusion=conclusion):
                return self._two("if {}, then {}", premise, conclusion)
            case Iff(left=left, right=right):
                return self._two("{} exactly if {}", left, right)
            case (
                Truth()
                | Is()
                | Matches()
                | Ordered()
                | Present()
                | In()
                | StepIs()
                | Outcome()
                | Apply()
                | Call()
                | Before()
            ):
                return self._clause(formula, denied=False)
            case _:
                assert_never(formula)

    def clause(self, formula: Formula) -> str:
        """Return what the formula says as a clause; as it is written if that is all there is."""
        return self.said(formula) or f"`{unparse(formula)}`"

    # ------------------------------------------------------------- statements

    def _two(self, template: str, left: Formula, right: Formula) -> str | None:
        """Return two clauses in a template; None if one could be read as going on into the other."""
        if isinstance(undenied(left), (Implies, Iff, *_BINDING)) or isinstance(right, (Implies, Iff)):
            return None
        one, other = self.said(left), self.said(right)
        if one is None or other is None or goes_on(one):
            return None
        return template.format(one, other)

    def _joined(self, parts: Sequence[Formula], word: Literal["and", "or"]) -> str | None:
        """Return clauses with a word between them; numbered where nobody could tell where one ends."""
        return joined(list(map(self._one_of_several, parts)), word)

    def _one_of_several(self, part: Formula) -> Clause | None:
        """Return what the formula says as one of several clauses."""
        said = self.said(part)
        if said is None:
            return None
        if isinstance(undenied(part), (Implies, Iff, *_BINDING)):
            return Clause(said, "to the end")
        return Clause(said, "several" if isinstance(undenied(part), (And, Or)) else "one")

    def _of_all(self, quantified: Quantified, *, denied: bool) -> str | None:
        """Return a quantifier in words: the things, the restriction, the statement."""
        things = listed((f"{each.sort.name} {each.name}" for each in quantified.variables), "and")
        if not quantified.universal:
            parts = (*(() if quantified.where is None else (quantified.where,)), quantified.body)
            such = self._joined([one for each in parts for one in conjuncts(each)], "and")
            return such and f"there is {'no' if denied else 'some'} {things} such that {such}"
        where = None if quantified.where is None else self.said(quantified.where)
        body = self.said(quantified.body)
        if body is None or (where is None and quantified.where is not None):
            return None
        many = "not for every" if denied else "for every"
        return f"{many} {things}{f' where {where}' if where else ''}: {body}"

    def _of_so_many(self, counted: Counted, *, denied: bool) -> str | None:
        """Return a count in words: how many, of which things, the statement."""
        body = self.said(counted.body)
        things = f"{how_many(counted, denied=denied)} {counted.variable.name}"
        return None if body is None else f"{things} such that {body}"

    def _clause(self, formula: Formula, *, denied: bool) -> str | None:
        no = " not" if denied else ""
        match formula:
            case Apply(sort=sort) | Call(sort=sort) if sort == FACT:
                return self.words(formula, denied=denied) or None
            case Is(left=left, right=right):
                return self._with(f"{{}} is{no} {{}}", *in_order(left, right))
            case Ordered() if (long := lasting(formula)) is not None:
                part = self._part_of(long.history, long.began.arguments)
                return has_been_for(part, self.words(long.period), denied=denied) or None
            case Ordered(left, how, right) if denied and all(
                sure(self.model, each) for each in (left, right)
            ):
                return self._clause(Ordered(left, OPPOSITE[how], right), denied=False)
            case Ordered(left=left, how=how, right=right):
                if order_of(formula) is not None:
                    side, steps = stepped(right)
                    words = in_words(how, "{}", steps=steps, value=isinstance(side, Value))
                    return self._with(f"{{}} is{no} {words}", left, side)
                return self._with(f"{{}} is{no} {how_said(left, how, denied=denied)} {{}}", left, right)
            case Matches(left=left, right=right) if not denied:
                return self._with("{} is {}, or there is neither", left, right)
            case In(term=term, values=values):
                return self._one_of(term, values, denied=denied)
            case Present(term=term):
                subject = self.side(term)
                there = there_is_no(subject) if denied else f"there is {some(subject)}"
                return there if subject else None
            case Outcome():
                return self._becomes(formula, denied=denied)
            case StepIs(event=event):
                return f"the step is{no} the {self.event(event)}"
            case Before(body=body, sort=sort) if sort == FACT and not isinstance(body, ONLY_TERMS):
                said = self._clause(body, denied=denied)
                return None if said is None else f"{said} (before the step)"
            case (
                Truth()
                | Matches()
                | Not()
                | And()
                | Or()
                | Implies()
                | Iff()
                | Quantified()
                | Counted()
                | Apply()
                | Call()
                | Before()
            ):
                return None
            case _:
                assert_never(formula)

    def _becomes(self, outcome: Outcome, *, denied: bool) -> str:
        """Say what becomes of the request, or does not."""
        no = "not " if denied else ""
        request = f"{self.requests.get(outcome.request, 'the request')}{self._changed(outcome)}"
        column = f" in {outcome.column}" if outcome.column else ""
        by = self._refuser(outcome.by) if outcome.by else ""
        match outcome.kind:
            case "accepted" | "rejected" | "exempted":
                return f"{request} is {no}{outcome.kind}{f' by {by}' if by else ''}{column}"
            case "passes" | "fails":
                verb = "passes" if (outcome.kind == "passes") is not denied else "fails"
                return f"{request} {verb} {by}{column}"
            case "fails only":
                verb = "does not fail" if denied else "fails"
                return f"{request} {verb} {by} alone{column}"
            case _:
                assert_never(outcome.kind)

    def _changed(self, outcome: Outcome) -> str:
        """Say what the request carries instead of what it carried."""
        known = {each.name: each for each in self.model.request}
        values = {
            name: nothing(self.model, known[name].sort) if isinstance(term, Absent) else self.of(term)
            for name, term in outcome.changes
        }
        told = [f"{value} as its {called(known[name])}" for name, value in values.items()]
        return f" with {listed(told, 'and')}" if told else ""

    def _refuser(self, name: str) -> str:
        """Return what a check, a component or the clause of a limb is called."""
        check = next((each for each in self.model.checks if each.name == name), None)
        if check is not None:
            return clause_and_name(check.clause, check.name)
        component = self.model.components.get(name)
        if component is None or component.index is not None:
            return name
        return Names(self.model, {}).component((name, None))

    def _one_of(self, term: Term, values: Sequence[Term], *, denied: bool) -> str | None:
        known = [self._in_list(each, len(values)) for each in values]
        subject = self.side(term)
        if not subject or not all(known):
            return None
        match denied, len(known):
            case False, _:
                return f"{subject} is {listed(known, 'or')}"
            case True, 1:
                return f"{subject} is not {known[0]}"
            case True, 2:
                return f"{subject} is neither {listed(known, 'nor')}"
            case _:
                return f"{subject} is none of {listed(known, 'and')}"

    def _in_list(self, term: Term, length: int) -> str:
        """Return a term of a list; of a long one, a numeral by itself."""
        if length > _FEW and isinstance(term, Value) and term.name[0].isdigit():
            return term.name
        return self.side(term)

    def _with(self, template: str, *terms: Term) -> str | None:
        words = [self.side(each) for each in terms]
        return template.format(*words) if all(words) else None

    def side(self, term: Expression) -> str:
        """Return what stands on a side of a comparison: there, a parameter is what it is to the request."""
        if isinstance(term, Parameter) and not is_shape(term):
            return f"the {self._label(term)}"
        return self.words(term)

    # ------------------------------------------------------------------ terms

    def words(self, term: Expression, *, denied: bool = False) -> str:
        """Return the term, or a statement, in words; "" where the spec has none for it."""
        match term:
            case Variable(name=name):
                return self.called.get(name, name)
            case Parameter(request=request) if is_shape(term):
                return self.requests.get(request, "the request")  # “the request is a payment”
            case Parameter():
                return self.carried.get(term) or f"{self._which(term)} {self._label(term)}"
            case Value(sort=sort, name=name):
                return value_label(self.model, sort, name)
            case Constant(name=name):
                return self.model.constants[name].label or name
            case Apply(function=name, arguments=arguments):
                if term.history is not None:
                    return self._has_been(term.history, arguments, denied=denied)
                return self._worded(self.model.functions[name], arguments, denied=denied)
            case Call(definition=name, arguments=arguments):
                if (duty := duty_of(self.model, name)) is not None:
                    return self._in_breach(duty, arguments, denied=denied)
                found = definition(self.model, name)
                if not isinstance(found, Definition):
                    return ""
                return self._worded(found, arguments, denied=denied)
            case Before(body=body, sort=sort) if sort != FACT:
                said = self.words(body)
                return f"{said} (before the step)" if said else ""
            case Arithmetic():
                return self._worked_out(term)
            case Absent() | Cases() | Before() | VersionOf():
                return ""
            case Truth() | Is() | Matches() | Ordered() | Present() | In() | Not() | And():
                return ""
            case Or() | Implies() | Iff() | Quantified() | Counted() | StepIs() | Outcome():
                return ""
            case _:
                assert_never(term)

    def _in_breach(self, duty: Duty, arguments: Sequence[Term], *, denied: bool) -> str:
        who, about = self.words(party_of(duty, arguments)), [self.of(each) for each in arguments]
        return in_breach(duty, who, about, "not " if denied else "")

    def _worked_out(self, term: Arithmetic) -> str:
        said = [self.words(each) for each in term.parts]
        return reckoned(term, said) if all(said) else ""

    def _which(self, parameter: Parameter) -> str:
        """Return what says of which request it is: the only one, or the one that was spoken of before."""
        if parameter.sort.has_things or parameter.request in self.requests:
            return "the"
        return "that" if parameter in self.told else "the request's"

    def _worded(self, told: Function | Definition, arguments: Sequence[Term], *, denied: bool) -> str:
        general = any(not self._settled(each) for each in arguments)
        return worded(told, [self.of(each) for each in arguments], general=general, denied=denied)

    def _has_been(self, history: History, arguments: Sequence[Term], *, denied: bool) -> str:
        return self._then(history, arguments).been(history, denied=denied)

    def _part_of(self, history: History, arguments: Sequence[Term]) -> str:
        """Return what is said to have held, "" if there are no words for it."""
        return self._then(history, arguments).said(history.parts[0]) or ""

    def _then(self, history: History, arguments: Sequence[Term]) -> Phrases:
        words = {v.name: self.of(each) for v, each in zip(history.variables, arguments, strict=True)}
        return Phrases(self.model, words)

    def been(self, history: History, *, denied: bool = False) -> str:
        """Return what has been, "" if there are no words for it; its variables are called as usual."""
        return has_been(history, [self.said(each) for each in history.told], denied=denied)

    def _settled(self, term: Term) -> bool:
        """Whether it is a thing, or one value that the words name."""
        match term:
            case Value() | Constant() | Absent():
                return True
            case Variable(name=name, sort=sort):
                return sort.has_things or name in self.called
            case Parameter(sort=sort):
                return sort.has_things or term in self.carried
            case Apply() | Call() | Cases() | Before() | VersionOf() | Arithmetic():
                return term.sort.has_things
            case _:
                assert_never(term)

    def _label(self, parameter: Parameter) -> str:
        known = {each.name: each for each in self.model.request}
        label = called(known[parameter.name]) if parameter.name in known else parameter.name
        whose = self.requests.get(parameter.request)
        return f"{label} of {whose}" if whose else label

    def event(self, name: str) -> str:
        """Return which event it is, whatever its arguments."""
        return f"event “{spaced(name)}”"
