"""Random laws of two versions, and what comparing columns of them comes to in concrete worlds.

The versions differ in checks, axioms, definitions, tables and functions, and so in what is a request. What a
request is, which situations there are, and what a comparison means is written out here; what a formula means
and what the checks make of a request is asked of `checker.model.evaluate`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, TypeAlias

from checker.model.claim import Column
from checker.model.evaluate import Environment, decide, holds, members
from checker.model.expressions import FACT
from checker.model.model import Function, Model
from checker.model.situation import Instance, Request, Situation
from checker.regime.load import load_texts
from checker.regime.regime import Regime

LAW = """
sort User
enum Q: Good, Bad
table kinds
enum Srv from table kinds: value "srv", label "srv"
fixed crit(Srv) from table kinds: "crit"
fixed open(Srv) from table kinds: "open"
state bad(User)
fixed vip(User)
state done: optional Srv
define needed means {needed}
define fine(u: User) means {fine}
premise calm(u: User) "x" because "y" means {calm}
request "{{sender}} sends {{srv}}"
    sender: User
    srv: Srv
    cert: {optional}Q when needed
component Desk "the desk"
component Hall "the hall"
route Desk, then Hall when {hall}
start inference "s": for every u: User: not bad(u)
axiom nobad "x" because "y": for every u: User: {axiom}
check k for "1" at Desk, reject with N1 "m"
    applies when {applies} inference "x"
    requires {requires} inference "x"
check h for "2" at Hall, reject with N2 "m"
    requires {other} inference "x"
adopted check extra for "3" at Desk, reject without a published code, because "x"
    requires {more} inference "x"
effect e
    done becomes srv inference "x"
version v "v"
version w "w" is v with M
modification M "m"
{changes}
reading lenient "x" because "y"
    define needed means {lenient} inference "x"
deployment mixed "m": Desk at v, Hall at w
"""

CLAIMS = """
claim 1 a "x" from "1"
    v allows no more than v
    expect proved in v
"""

OF_REQUEST = ("srv is A1", "crit(srv)", "open(srv)", "cert is Good", "cert is absent", "cert is not Bad")
OF_SENDER = ("bad(sender)", "vip(sender)", "fine(sender)", "calm(sender)")
OF_USER = ("not bad(u)", "vip(u) implies bad(u)", "not (vip(u) and bad(u))", "true", "calm(u)")
OF_SRV = ("crit(srv)", "open(srv)", "srv is B1", "true", "not crit(srv)")

WITHOUT = ("v without nobad", "w without nobad", "v without extra", "w without calm")
COLUMNS = ("v", "w", "w under lenient", *WITHOUT)


def random_law(chance: random.Random) -> Regime:
    """A law whose versions differ in this and that."""

    def condition() -> str:
        first, second = chance.choice(OF_REQUEST), chance.choice((*OF_REQUEST, *OF_SENDER))
        joined = chance.choice(("{0}", "{1}", "{0} or {1}", "{0} and {1}", "not ({0} and {1})"))
        return joined.format(first, second)

    changes = {
        "table": 'by M amend table kinds: row "B1", "crit" becomes "{}"'.format(chance.choice(("yes", "no"))),
        "needed": f"by M replace needed: define needed means {chance.choice(OF_SRV)}",
        "fine": f"by M replace fine: define fine(u: User) means {chance.choice(('vip(u)', 'not bad(u)'))}",
        "axiom": 'by M replace nobad: axiom nobad "x" because "y": '
        f"for every u: User: {chance.choice(OF_USER)}",
        "new": 'by M insert after nobad: axiom more "x" because "y": '
        f"for some u: User: {chance.choice(OF_USER)}",
        "check": 'by M insert after k: check k2 for "4" at Desk, reject with N4 "m"\n'
        f'    requires {condition()} inference "x"',
        "late": "by M insert after bad: state late(User)\n"
        'by M insert after k: check k3 for "5" at Hall, reject with N5 "m"\n'
        f'    requires not late(sender) or {condition()} inference "x"',
        "strike": "by M strike h",
    }
    made = [text for text in changes.values() if chance.random() < 0.35]
    text = LAW.format(
        needed=chance.choice(OF_SRV),
        lenient=chance.choice(OF_SRV),
        fine=chance.choice(("not bad(u)", "vip(u)", "true")),
        calm=chance.choice(("not bad(u)", "vip(u)", "true")),
        optional=chance.choice(("", "optional ")),
        hall=chance.choice(("true", "srv is B1", "crit(srv)", "cert is present")),
        axiom=chance.choice(OF_USER),
        applies=chance.choice(OF_REQUEST),
        requires=condition(),
        other=condition(),
        more=condition(),
        changes="\n".join(made) or "by M strike extra",
    )
    cells = [[chance.choice(("yes", "no")) for _ in range(2)] for _ in range(2)]
    rows = "\n".join(f"| {srv} | {' | '.join(row)} |" for srv, row in zip(("A1", "B1"), cells, strict=True))
    table = f"| srv | crit | open |\n|---|---|---|\n{rows}"
    law = f"```redline\n{text}\n```\n\n{table}\n"
    return load_texts({"law.md": law, "claims.md": f"```redline\n{CLAIMS}\n```\n"})


# -------------------------------------------------------------------- worlds


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of a column, and the versions deployed there."""

    rules: Mapping[str, Model]
    versions: Mapping[Instance, str]

    @classmethod
    def of(cls, regime: Regime, named: str, asked: str) -> Law:
        """What a column means in a claim that is asked of another, whose readings and droppings apply too."""
        one, other = regime.parse_column(named), regime.parse_column(asked)
        readings = (*one.readings, *(each for each in other.readings if each not in one.readings))
        without = (*one.without, *(each for each in other.without if each not in one.without))
        column = Column(one.base, readings, without)
        return cls(regime.rules(column), regime.deployed(column))

    @property
    def model(self) -> Model:
        return next(iter(self.rules.values()))

    def allows(self, situation: Situation) -> bool:
        """The situation is within the axioms of every version."""
        models = (self.rules[each] for each in dict.fromkeys(self.versions.values()))
        return all(
            holds(axiom.formula.formula, Environment(model, situation))
            for model in models
            for axiom in model.axioms
        )

    def is_request(self, situation: Situation, request: Request) -> bool:
        """The request carries what is declared, and nothing else."""
        declared = {each.name: each for each in self.model.request}
        if not {*request.values} <= {*declared}:
            return False
        env = Environment(self.model, situation, requests={"": request})
        for name, parameter in declared.items():
            due = parameter.when is None or holds(parameter.when, env)
            if name in request.values and not due:
                return False
            if name not in request.values and due and not parameter.optional:
                return False
        return True

    def answer(self, situation: Situation, request: Request) -> tuple[str, frozenset[str]]:
        """What becomes of it, and which checks refuse it; they do so at the first component that refuses."""
        if not self.is_request(situation, request):
            return "none", frozenset()
        decision = decide(self.rules, replace(situation, versions=self.versions), request)
        refusing = frozenset(each.check.name for each in decision.refusing)
        return ("accepted" if decision.accepted else "rejected"), refusing


def requests(models: Sequence[Model], situation: Situation) -> Iterator[Request]:
    """Yield everything that one of the models may take for a request, and more."""
    sorts = {each.name: each.sort for model in models for each in model.request}
    for values in product(*((None, *members(each, situation)) for each in sorts.values())):
        carried = {name: value for name, value in zip(sorts, values, strict=True) if value is not None}
        yield Request(carried)


def situations(models: Sequence[Model], count: int) -> Iterator[Situation]:
    """Yield every situation of so many users, by the functions of all models; without versions."""
    things = {"User": tuple(f"u{number}" for number in range(count))}
    empty = Situation(things, {}, {})
    functions = {name: each for model in models for name, each in model.functions.items()}
    places = [
        (name, at)
        for name, function in functions.items()
        for at in product(*(members(each, empty) for each in function.parameters))
        if not all(_known(model, name, at) for model in models)
    ]
    domains = [_domain(functions[name], empty) for name, _ in places]
    for values in product(*domains):
        pairs = zip(places, values, strict=True)
        yield Situation(things, {place: value for place, value in pairs if value is not None}, {})


def _known(model: Model, name: str, at: tuple[str, ...]) -> bool:
    function = model.functions.get(name)
    return function is None or (function.table is not None and at in function.table.entries)


def _domain(function: Function, empty: Situation) -> tuple[str | bool | None, ...]:
    if function.result == FACT:
        return None, True
    values = members(function.result, empty)
    return (None, *values) if function.optional else values


Answer: TypeAlias = tuple[str, frozenset[str]]
"""`accepted`, `rejected` or `none`, and the checks that refuse."""

STATEMENTS: Final[Mapping[str, Callable[[Answer, Answer], bool]]] = {
    "{0} and {1} decide alike": lambda one, other: one[0] == other[0],
    "{0} and {1} decide alike, with codes": lambda one, other: one == other,
    "{0} allows no more than {1}": lambda one, other: one[0] != "accepted" or other[0] == "accepted",
    "in any situation, for every request r: r accepted in ({0}) implies r accepted in ({1})": (
        lambda one, other: one[0] != "accepted" or other[0] == "accepted"
    ),
    "in any situation, for every request r: r rejected in ({0}) iff r rejected in ({1})": (
        lambda one, other: (one[0] == "rejected") == (other[0] == "rejected")
    ),
    "in any situation, for every request r where not r rejected in ({0}): not r accepted in ({1})": (
        lambda one, other: one[0] == "rejected" or other[0] != "accepted"
    ),
    "in any situation, for every request r: r accepted in ({0}) or r rejected in ({0}) "
    "or r fails k in ({1})": (lambda one, other: one[0] != "none" or "k" in other[1]),
}
"""Claims about two columns, and when a request and a situation are as they say."""


def holds_in_worlds(regime: Regime, statement: str, sides: tuple[str, str], asked: str, most: int) -> bool:
    """Whether the claim, asked of a column, holds of all worlds of so many users at the most: in situations
    within the axioms of both sides, of whatever is a request by one of them.
    """
    laws = [Law.of(regime, each, asked) for each in sides]
    models = [model for law in laws for model in law.rules.values()]
    says = STATEMENTS[statement]
    for count in range(1, most + 1):
        for situation in situations(models, count):
            if not all(law.allows(situation) for law in laws):
                continue
            for request in requests(models, situation):
                one, other = (law.answer(situation, request) for law in laws)
                if (one[0], other[0]) != ("none", "none") and not says(one, other):
                    return False
    return True
