"""A lending library, built by hand: independent of the parser, small enough to check by eye.

Readers ask a gate and then the counter of a book's desk. `old` and `new` differ in one limb: under `new`
a reader who holds a novel passes the membership check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checker.language.diagnostics import Span
from checker.language.quotes import Phrase, Quote
from checker.model.expressions import (
    FACT,
    Absent,
    Apply,
    Cases,
    Constant,
    Formula,
    Is,
    Located,
    Not,
    Parameter,
    Present,
    Quantified,
    Sort,
    Term,
    Value,
    Variable,
)
from checker.model.item import Item, ItemKind
from checker.model.model import (
    Axiom,
    Check,
    Component,
    Definition,
    Effect,
    Enum,
    Event,
    EventParameter,
    Function,
    Limb,
    Model,
    NamedConstant,
    NameRule,
    Order,
    Premise,
    RequestParameter,
    Stage,
    Table,
    Update,
)
from checker.model.situation import Request, Situation

SPAN = Span("rules.md", 1, 1, 1, 2)
READER, BOOK = Sort("Reader"), Sort("Book")
KIND = Sort("Kind", ("Novel", "Atlas"))
DESK = Sort("Desk", ("Main", "Annex"))
ACTION = Sort("Action", ("Borrow", "Give"))
VERSION = Sort("Version", ("old", "new"))

SENDER = Parameter("", "sender", READER)
ACT = Parameter("", "action", ACTION)
ASKED = Parameter("", "book", BOOK)
HEIR = Parameter("", "heir", READER)
LIBRARY = Constant(READER, "Library")
BORROW, GIVE = Value(ACTION, "Borrow"), Value(ACTION, "Give")
NOVEL, ATLAS = Value(KIND, "Novel"), Value(KIND, "Atlas")
B, R = Variable("b", BOOK), Variable("r", READER)


def lent(book: Term) -> Apply:
    return Apply("lent", (book,), READER)


def every(variables: tuple[Variable, ...], body: Formula, where: Formula | None = None) -> Quantified:
    return Quantified(universal=True, variables=variables, where=where, body=body)


def some(variables: tuple[Variable, ...], body: Formula, where: Formula | None = None) -> Quantified:
    return Quantified(universal=False, variables=variables, where=where, body=body)


def kind(book: Term) -> Apply:
    return Apply("kind", (book,), KIND)


def member(reader: Term) -> Apply:
    return Apply("member", (reader,), FACT)


def located(formula: Formula, text: str = "") -> Located:
    return Located(formula, SPAN, text)


def item(what: ItemKind, words: str, meaning: Formula | None = None, note: str = "") -> Item:
    phrases = (Phrase(words, "R", SPAN),) if words else ()
    return Item(what, phrases, located(meaning, words) if meaning else None, None, note, SPAN)


def function(
    name: str,
    parameters: tuple[Sort, ...],
    result: Sort,
    label: str,
    *,
    optional: bool = False,
    state: bool = True,
) -> Function:
    return Function(name, parameters, result, optional, state, label, None, SPAN)


FUNCTIONS = (
    function("lent", (BOOK,), READER, "the holder of {1}", optional=True),
    function("shelf", (BOOK,), DESK, "the shelf of {1}"),
    function("member", (READER,), FACT, "{1} is a member"),
    function("kind", (BOOK,), KIND, "the kind of {1}", state=False),
    function("home", (BOOK,), DESK, "the desk of {1}", optional=True, state=False),
    function("partner", (BOOK,), BOOK, "the partner of {1}", optional=True, state=False),
    replace(
        function("valuable", (KIND,), FACT, "{1} is valuable", state=False),
        table=Table({("Atlas",): True}),
    ),
    replace(
        function("days", (KIND,), DESK, "", optional=True, state=False),
        table=Table({("Atlas",): None, ("Novel",): "Main"}),
    ),
)

MEMBERSHIP = Check(
    name="membership",
    clause="R 1",
    components=("Gate",),
    code="N1",
    code_label="not a member",
    items=(
        item("applies-when", "Whoever asks for a book", Present(ASKED)),
        item("applies-unless", "(an atlas may be looked at by anybody)", Is(kind(ASKED), ATLAS)),
        item("requires", "must be a member", member(SENDER)),
        item("subject-to", "subject to rule 2", note="R 2"),
    ),
    limbs=(),
    groups=("R 2",),
    like=None,
    adopted_because=None,
    span=SPAN,
)
COUNTER_MEMBERSHIP = replace(
    MEMBERSHIP,
    name="counter-membership",
    clause="R 9",
    components=("Counter",),
    code="N9",
    items=(item("as", "The counter asks the same"), *MEMBERSHIP.items),
    like="membership",
)
OWN_BOOK = Check(
    name="own-book",
    clause="R 3",
    components=("Counter",),
    code="N3",
    code_label="somebody else's book",
    items=(
        item("applies-when", "Who gives a book away", Is(ACT, GIVE)),
        item("requires", "must hold it", Is(lent(ASKED), SENDER)),
    ),
    limbs=(),
    groups=(),
    like=None,
    adopted_because=None,
    span=SPAN,
)
HOLDS_A_NOVEL = Limb(
    clause="R 2(a)",
    above=("R 2",),
    binders=(B,),
    items=(
        item("any-of", "Rule 1 does not apply to"),
        item("condition", "a reader who holds", Is(lent(B), SENDER)),
        item("condition", "a novel", Is(kind(B), NOVEL)),
    ),
    span=SPAN,
)


def update(place: str, arguments: tuple[Term, ...], value: Term | Absent | Formula) -> Update:
    return Update(place, arguments, value, (), None, SPAN)


EVENTS = (
    Event(
        name="joins",
        actor="the environment",
        parameters=(EventParameter("r", READER, optional=False),),
        when=Not(member(R)),
        updates=(update("member", (R,), Is(R, R)),),
        label="{r} joins",
        items=(),
        span=SPAN,
    ),
    Event(
        name="hand-over",
        actor="Library",
        parameters=(EventParameter("b", BOOK, optional=False), EventParameter("r", READER, optional=True)),
        when=None,
        updates=(update("lent", (B,), R),),
        label="{b} goes to {r}",
        items=(),
        span=SPAN,
    ),
    Event(
        name="rotate",
        actor="Library",
        parameters=(),
        when=None,
        updates=(
            Update(
                "lent",
                (B,),
                lent(Apply("partner", (B,), BOOK)),
                (B,),
                Present(Apply("partner", (B,), BOOK)),
                SPAN,
            ),
        ),
        label="books change hands",
        items=(),
        span=SPAN,
    ),
)


def defined(
    name: str,
    parameters: tuple[Variable, ...],
    body: Formula | Term,
    result: Sort = FACT,
    *,
    reads_request: bool = False,
) -> Definition:
    return Definition(name, parameters, result, body, "", None, reads_request, SPAN)


def definitions() -> Mapping[str, Definition]:
    reader = Variable("reader", READER)
    made = (
        defined("holds-one", (reader,), some((B,), Is(lent(B), reader))),
        defined("idle", (reader,), Not(member(reader))),
        defined("mine", (), Is(lent(ASKED), SENDER), reads_request=True),
        defined("keeper", (B,), Cases(((lent(B), Present(lent(B))),), LIBRARY, READER), READER),
    )
    return {each.name: each for each in made}


def model(version: str = "old") -> Model:
    limbs = (HOLDS_A_NOVEL,) if version == "new" else ()
    checks = tuple(
        replace(each, limbs=limbs) if "R 2" in each.groups else each
        for each in (MEMBERSHIP, COUNTER_MEMBERSHIP, OWN_BOOK)
    )
    effects = (
        Effect("borrowing", Is(ACT, BORROW), (update("lent", (ASKED,), SENDER),), (), SPAN),
        Effect("giving", Is(ACT, GIVE), (update("lent", (ASKED,), HEIR),), (), SPAN),
    )
    return Model(
        column=version,
        sorts={each.name: each for each in (READER, BOOK, KIND, DESK, ACTION, VERSION, FACT)},
        enums={
            "Kind": Enum(KIND, {"Novel": "a novel", "Atlas": "an atlas"}, {}),
            "Desk": Enum(DESK, {"Main": "Main", "Annex": "Annex"}, {}),
            "Action": Enum(ACTION, {"Borrow": "a loan", "Give": "a gift"}, {}),
        },
        functions={each.name: each for each in FUNCTIONS},
        constants={"Library": NamedConstant("Library", READER, "the library", SPAN)},
        definitions=definitions(),
        premises={
            "joined": Premise(
                "joined", (R,), "the reader is a member", "or nothing happens", located(member(R)), SPAN
            )
        },
        request=(
            RequestParameter("sender", READER, optional=False, when=None, span=SPAN),
            RequestParameter("action", ACTION, optional=False, when=None, span=SPAN),
            RequestParameter("book", BOOK, optional=True, when=None, span=SPAN),
            RequestParameter("heir", READER, optional=False, when=Is(ACT, GIVE), span=SPAN),
        ),
        request_label="{sender} asks for {action} of {book}",
        components={
            "Gate": Component("Gate", None, "the gate", SPAN),
            "Counter": Component("Counter", DESK, "the {1} counter", SPAN),
        },
        route=(Stage("Gate", None, None, SPAN), Stage("Counter", Apply("home", (ASKED,), DESK), None, SPAN)),
        checks=checks,
        effects=effects,
        events={each.name: each for each in EVENTS},
        axioms=(Axiom("the-library-is-no-member", "…", "…", located(Not(member(LIBRARY))), SPAN),),
        start=(located(every((B,), Not(Present(lent(B))))),),
        orders={"Counter": Order("Counter", None, "nobody says", SPAN)},
        names={
            "Reader": NameRule(READER, R, (("Member", member(R)),), "Guest"),
            "Book": NameRule(BOOK, B, (("Atlas", Is(kind(B), ATLAS)),), "Novel"),
        },
        quotes=(Quote("R 1", "verbatim", "R", "Whoever asks for a book must be a member", SPAN),),
    )


RULES: Mapping[str, Model] = {"old": model("old"), "new": model("new")}


def situation(
    values: Mapping[tuple[str, tuple[str, ...]], str | bool] | None = None,
    gate: str = "old",
    main: str = "old",
    annex: str = "old",
) -> Situation:
    """Ann and Bo, a novel at the main desk, an atlas at the annex, a stray novel without a desk."""
    fixed: dict[tuple[str, tuple[str, ...]], str | bool] = {
        ("kind", ("novel",)): "Novel",
        ("kind", ("atlas",)): "Atlas",
        ("kind", ("stray",)): "Novel",
        ("home", ("novel",)): "Main",
        ("home", ("atlas",)): "Annex",
        ("shelf", ("novel",)): "Main",
        ("shelf", ("atlas",)): "Main",
        ("shelf", ("stray",)): "Main",
    }
    return Situation(
        things={"Reader": ("Library", "ann", "bo"), "Book": ("novel", "atlas", "stray")},
        values=fixed | dict(values or {}),
        versions={("Gate", None): gate, ("Counter", "Main"): main, ("Counter", "Annex"): annex},
    )


def asks(**values: str) -> Request:
    return Request(values)
