"""What expressions are made of: every construct that the language has, by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.request_declaration import RequestDecl
from checker.regime.definitions import parts_of


@dataclass(slots=True)
class Names:
    """What the names of a law stand for: name -> the kinds of thing, as constructs are called."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    enums: set[str] = field(default_factory=set)
    indexed: set[str] = field(default_factory=set)

    def say(self, name: str, kind: str) -> None:
        self.kinds.setdefault(name, set()).add(kind)

    @classmethod
    def of(cls, declarations: Iterable[d.Declaration]) -> Names:
        """The names that these declarations give to something, also in modifications and readings."""
        found, every = cls(), tuple(_flat(declarations))
        parameters: set[str] = set()
        for decl in every:
            found._declared(decl)
            if isinstance(decl, RequestDecl):
                parameters |= {each.name.text for each in decl.parameters}
        for name in parameters:
            found.say(name, "parameter")
        found._defined([each for decl in every for each in _definitions(decl)], parameters)
        return found

    def _declared(self, decl: d.Declaration) -> None:
        match decl:
            case d.FunctionDecl(name=name):
                self.say(name.text, _function(decl))
            case d.ConstantDecl(name=name):
                self.say(name.text, "constant")
            case d.EnumDecl(name=name, values=values):
                self.enums.add(name.text)
                for each in values:
                    self.say(each.name.text, "value")
            case d.PremiseDecl(name=name):
                self.say(name.text, "premise")
            case d.ComponentDecl(name=name, index=index):
                self.indexed |= {name.text} if index is not None else set()
            case _:  # other declarations name nothing that expressions speak of
                return

    def _defined(self, definitions: list[s.Define], parameters: set[str]) -> None:
        """Which definitions read the request, themselves or by others."""
        bodies: dict[str, set[str]] = {}
        for each in definitions:
            exprs = [e for c in each.cases for e in (c.value, c.condition) if e is not None]
            refs = {r.name.text for e in exprs for r in inside(e) if isinstance(r, s.Ref)}
            own = {binder.name.text for binder in each.parameters}
            bodies.setdefault(each.name.text, set()).update(refs - own)
        reading = {name for name, refs in bodies.items() if refs & parameters}
        while more := {name for name, refs in bodies.items() if refs & reading} - reading:
            reading |= more
        for each in definitions:
            name = each.name.text
            what = "definition" if each.result is None else "term definition"
            of_request = " of the request" if name in reading else ""
            applied = " with arguments" if each.parameters else ""
            self.say(name, f"{what}{of_request}{applied}")


def _function(decl: d.FunctionDecl) -> str:
    kind = "state" if decl.state else "fixed"
    result = "fact" if decl.result is None else "function"
    table = " from a table" if decl.column is not None else ""
    return f"{kind} {'optional ' if decl.optional else ''}{result}{table}"


def _flat(declarations: Iterable[d.Declaration]) -> Iterator[d.Declaration]:
    for each in declarations:
        yield each
        if isinstance(each, d.InsertDecl | d.ReplaceDecl | d.ReadingDecl):
            yield from _flat(each.body)


def _definitions(decl: d.Declaration) -> Iterator[s.Define]:
    if isinstance(decl, s.Define):
        yield decl
    for item in getattr(decl, "items", ()):
        if isinstance(item.meaning, s.Define):
            yield item.meaning


# ---------------------------------------------------------------- constructs


def constructs(expr: s.Expr, names: Names) -> Iterator[str]:
    """The constructs that occur in an expression, itself included."""
    bound: set[str] = set()
    for each in inside(expr):
        if isinstance(each, s.Quantifier):
            bound |= {binder.name.text for binder in each.binders}
        elif isinstance(each, s.Counted):
            bound |= {each.binder.name.text}
    for each in inside(expr):
        yield from _here(each, names, bound)


def inside(expr: s.Expr) -> Iterator[s.Expr]:
    """The expression, and all that it is made of."""
    yield expr
    for part in parts_of(expr):
        yield from inside(part)


def _here(expr: s.Expr, names: Names, bound: set[str]) -> Iterator[str]:
    match expr:
        case s.Ref(name=name):
            known: Mapping[str, set[str]] = names.kinds
            free = name.text not in bound
            yield from known.get(name.text, {"variable"}) if free else ("variable",)
        case s.Comparison(op=op) if op not in {"is", "is not", "matches"}:
            return
        case s.InPeriod():
            return
        case s.Comparison(op=op) | s.Conditional(op=op) | s.Junction(op=op):
            yield op
        case s.Arithmetic():
            return  # numbers are in statements and definitions of their own
        case s.Presence(present=present):
            yield "is present" if present else "is absent"
        case s.Member(negated=negated):
            yield "not in" if negated else "in"
        case s.Negation():
            yield "not"
        case s.Quantifier():
            yield from _quantifier(expr, names)
        case s.Counted(how=how, binder=binder):
            yield f"{how} so many of {_kind(binder, names)}"
        case s.Literally(value=value):
            yield "true" if value else "false"
        case s.Past():
            yield "before"
        case s.Historic(how=how):
            yield how
        case s.VersionAt(index=index):
            yield "version" if index is None else "version of an instance"
        case s.StepEvent():
            yield "step is"
        case s.OutcomeOf():
            yield from _outcome(expr)
        case _:
            assert_never(expr)


def _quantifier(expr: s.Quantifier, names: Names) -> Iterator[str]:
    word = "for every" if expr.universal else "for some"
    for binder in expr.binders:
        yield f"{word} of {_kind(binder, names)}"
    if expr.where is not None:
        yield f"{word} … where"


def _kind(binder: s.Binder, names: Names) -> str:
    return "an enum" if binder.sort is not None and binder.sort.text in names.enums else "a sort"


def _outcome(expr: s.OutcomeOf) -> Iterator[str]:
    yield f"{expr.kind} by" if expr.kind == "rejected" and expr.by is not None else expr.kind
    if expr.column is not None:
        yield "in COLUMN"
    if expr.changes:
        yield "with PARAMETER"


CONSTRUCTS = (
    *("variable", "parameter", "value", "constant"),
    *("fixed fact", "fixed function", "fixed optional function"),
    *("fixed fact from a table", "fixed function from a table", "fixed optional function from a table"),
    *("state fact", "state function", "state optional function"),
    *("definition", "definition with arguments"),
    *("definition of the request", "definition of the request with arguments"),
    *("term definition", "term definition with arguments"),
    *("term definition of the request", "term definition of the request with arguments"),
    *("premise", "true", "false", "not", "and", "or", "implies", "iff"),
    *("is", "is not", "matches", "is present", "is absent", "in", "not in"),
    *("for every of a sort", "for every of an enum", "for every … where"),
    *("for some of a sort", "for some of an enum", "for some … where"),
    *(
        f"{how} so many of {kind}"
        for how in ("exactly", "at least", "at most")
        for kind in ("a sort", "an enum")
    ),
    *("version", "version of an instance", "before", "step is", "ever", "since", "as of"),
    *("accepted", "rejected", "rejected by", "passes", "fails"),
    *("fails only", "exempted", "in COLUMN", "with PARAMETER"),
)
