"""The declarations of requests, as written, and the shapes that the heading of a rule names."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.language.syntax import Expr, Name, Text


@dataclass(frozen=True, slots=True)
class ParameterDecl:
    name: Name
    sort: Name
    optional: bool
    label: Text | None
    when: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class RequestDecl:
    """What requests carry, and how one is told. `name`: that of the shape, where there are several; `noun`:
    what one of this shape is called. Without a label: what those of all shapes carry. `shapes`: of the
    declaration that stands for all shapes (see `checker.regime.request_shapes`), each as it was written.
    """

    label: Text | None
    parameters: tuple[ParameterDecl, ...]
    span: Span
    name: Name | None = None
    noun: Text | None = None
    shapes: tuple[RequestDecl, ...] = ()


@dataclass(frozen=True, slots=True)
class OnShapes:
    """The shapes of request that a rule is about, as its heading names them."""

    names: tuple[Name, ...]
    span: Span
