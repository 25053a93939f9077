"""How formulas are laid out: on one line while they fit, else as lists of bullets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from checker.tla.spelling import WIDTH, hung, indented

ATOM: Final = 2  # a name, an application: never needs parentheses
COMPARISON: Final = 1  # `a = b`: needs them as an operand of a comparison and under a negation
LOOSE: Final = 0  # anything else: needs them unless it stands alone

_OPPOSITES: Final = {" = ": " # ", " # ": " = ", " \\in ": " \\notin ", " \\notin ": " \\in "}
AND: Final = "/\\"
OR: Final = "\\/"


@dataclass(frozen=True, slots=True)
class Words:
    """Something that stays on one line; `level` is how tightly it binds."""

    text: str
    level: int = ATOM


@dataclass(frozen=True, slots=True)
class Joined:
    """A conjunction or disjunction of two parts or more. `notes`: comments above the parts, if any."""

    operator: str
    parts: tuple[Doc, ...]
    notes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Binary:
    """`left => right` or `left <=> right`."""

    operator: str
    left: Doc
    right: Doc


@dataclass(frozen=True, slots=True)
class Negated:
    body: Doc


@dataclass(frozen=True, slots=True)
class Primed:
    """The value in the next state."""

    body: Doc


@dataclass(frozen=True, slots=True)
class Bound:
    r"""A quantifier: `head` is `\A x \in S :`."""

    head: str
    body: Doc


@dataclass(frozen=True, slots=True)
class Choice:
    condition: Doc
    yes: Doc
    no: Doc


@dataclass(frozen=True, slots=True)
class Each:
    r"""A function: `head` is `p \in S`."""

    head: str
    body: Doc


Doc: TypeAlias = Words | Joined | Binary | Negated | Primed | Bound | Choice | Each

TRUE: Final = Words("TRUE")
FALSE: Final = Words("FALSE")


def all_of(parts: list[Doc]) -> Doc:
    """Return the conjunction of the parts that are not simply true."""
    return _join(AND, parts, TRUE, FALSE)


def any_of(parts: list[Doc]) -> Doc:
    """Return the disjunction of the parts that are not simply false."""
    return _join(OR, parts, FALSE, TRUE)


def _join(operator: str, parts: list[Doc], unit: Doc, zero: Doc) -> Doc:
    kept: list[Doc] = []
    for part in parts:
        if isinstance(part, Joined) and part.operator == operator and not part.notes:
            kept += part.parts
        elif part != unit:
            kept.append(part)
    if zero in kept:
        return zero
    if len(kept) <= 1:
        return kept[0] if kept else unit
    return Joined(operator, tuple(kept))


def negated(body: Doc) -> Doc:
    """Return the negation, without a double negation."""
    if body == TRUE:
        return FALSE
    if body == FALSE:
        return TRUE
    if isinstance(body, Words) and body.level == COMPARISON:
        signs = [each for each in _OPPOSITES if each in body.text]
        if len(signs) == 1 and body.text.count(signs[0]) == 1:
            return Words(body.text.replace(signs[0], _OPPOSITES[signs[0]]), COMPARISON)
    return body.body if isinstance(body, Negated) else Negated(body)


def implied(premise: Doc, conclusion: Doc) -> Doc:
    """Return `premise => conclusion`, simplified if one of the two is constant."""
    if premise == TRUE:
        return conclusion
    return TRUE if premise == FALSE or conclusion == TRUE else Binary("=>", premise, conclusion)


# ------------------------------------------------------------------ one line


def inline(doc: Doc) -> str:
    """Return the text on one line."""
    match doc:
        case Words(text=text):
            return text
        case Joined(operator=operator, parts=parts):
            return f" {operator} ".join(operand(each, COMPARISON) for each in parts)
        case Binary(operator=operator, left=left, right=right):
            return f"{operand(left, COMPARISON)} {operator} {operand(right, COMPARISON)}"
        case Negated(body=body):
            return f"~{operand(body)}"
        case Primed(body=body):
            return f"{operand(body)}'"
        case Bound(head=head, body=body):
            return f"{head} {inline(body)}"
        case Choice(condition=condition, yes=yes, no=no):
            return f"IF {inline(condition)} THEN {inline(yes)} ELSE {inline(no)}"
        case Each(head=head, body=body):
            return f"[{head} |-> {inline(body)}]"
        case _:
            assert_never(doc)


def operand(doc: Doc, level: int = ATOM) -> str:
    """Return the text, in parentheses if it binds less tightly than `level`."""
    text = inline(doc)
    own = doc.level if isinstance(doc, Words) else ATOM if isinstance(doc, Negated | Primed | Each) else LOOSE
    return text if own >= level else f"({text})"


# ---------------------------------------------------------------- many lines


def block(doc: Doc, indent: int = 0) -> list[str]:
    """Return the lines of a formula that will stand `indent` columns in; the lines are not indented."""
    text = inline(doc)
    if not _noted(doc) and len(text) <= WIDTH - indent:
        return [text]
    match doc:
        case Joined():
            return _bullets(doc, indent)
        case Binary(operator=operator, left=left, right=right):
            lines = [*_parenthesised(left, indent), *_parenthesised(right, indent + 3)]
            place = len(_parenthesised(left, indent))
            return [*lines[:place], *hung(f"{operator} ", lines[place:])]
        case Negated(body=body):
            return hung("~", _parenthesised(body, indent + 1))
        case Primed(body=body):
            lines = _parenthesised(body, indent)
            return [*lines[:-1], f"{lines[-1]}'"]
        case Bound(head=head, body=body):
            return [head, *hung("    ", block(body, indent + 4))]
        case Choice(condition=condition, yes=yes, no=no):
            lines = hung("IF ", block(condition, indent + 3))
            lines += hung("THEN ", block(yes, indent + 5))
            if isinstance(no, Choice):
                rest = block(no, indent)
                return (
                    [*lines, f"ELSE {rest[0]}", *rest[1:]] if len(rest) > 1 else [*lines, f"ELSE {rest[0]}"]
                )
            return [*lines, *hung("ELSE ", block(no, indent + 5))]
        case Each(head=head, body=body):
            return [f"[{head} |->", *hung("    ", block(body, indent + 4)), "]"]
        case Words():
            return [text]
        case _:
            assert_never(doc)


def defined(head: str, body: Doc) -> list[str]:
    """Return the lines of a definition."""
    text = f"{head} == {inline(body)}"
    if not _noted(body) and len(text) <= WIDTH:
        return [text]
    return [f"{head} ==", *indented(block(body, 4))]


def assigned(name: str, doc: Doc, indent: int) -> list[str]:
    """Return the lines of `name' = …`, which will stand `indent` columns in.

    A value that binds no tighter than `=` is put in parentheses.
    """
    lead = f"{name}' = "
    if isinstance(doc, Choice | Each) or inline(doc) == operand(doc):
        return hung(lead, block(doc, indent + len(lead)))
    lines = hung("(", block(doc, indent + len(lead) + 1))
    return hung(lead, [*lines[:-1], f"{lines[-1]})"])


def _noted(doc: Doc) -> bool:
    return isinstance(doc, Joined) and any(doc.notes)


def _bullets(doc: Joined, indent: int) -> list[str]:
    lines: list[str] = []
    for number, part in enumerate(doc.parts):
        lines += doc.notes[number] if doc.notes else ()
        lines += hung(f"{doc.operator} ", block(part, indent + 3))
    return lines


def _parenthesised(doc: Doc, indent: int) -> list[str]:
    """The lines as an operand: in parentheses unless it is short and tight."""
    if not _noted(doc) and len(operand(doc, COMPARISON)) <= WIDTH - indent:
        return [operand(doc, COMPARISON)]
    lines = hung("( ", block(doc, indent + 2))
    return [*lines[:-1], f"{lines[-1]} )"]
