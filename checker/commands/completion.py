"""Completion in bash, zsh and fish: of commands and options by click, and of what a law has names for."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click
from click.shell_completion import CompletionItem, FishComplete, add_completion_class, shell_complete
from click.types import StringParamType

import checker

if TYPE_CHECKING:
    from checker.results.law_names import LawNames

ASKED: Final = "_REDLINE_COMPLETE"
"""The variable by which a shell asks for completion."""

Kind = Literal["claim", "column", "premise", "parameter", "place", "document"]


class Named(StringParamType):
    """A text that names something of a law, of that kind; or a document."""

    def __init__(self, kind: Kind) -> None:
        self.kind: Kind = kind

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin so; none if the law has a mistake, or there is no law."""
        del param
        try:
            return [
                CompletionItem(name, help=" ".join(said.split()))
                for name, said in self._names(ctx, incomplete).items()
                if name.startswith(incomplete)
            ]
        except Exception:
            return []

    def _names(self, context: click.Context, incomplete: str) -> Mapping[str, str]:
        if self.kind == "document":
            return dict.fromkeys(importlib.import_module("checker.documents").DOCUMENTS, "")
        folders = (context.params.get("spec"), context.params.get("properties"))
        names: LawNames = checker.law_names(*folders, keep=os.environ.get("REDLINE_CACHE") != "0")
        match self.kind:
            case "claim":
                return names.numbers if incomplete[:1].isdigit() else names.claims
            case "column":
                return names.columns
            case "premise":
                return names.premises
            case "place":
                return {f"{name}(": said for name, said in names.places.items()}
            case "parameter":
                return dict(_assigned(names, incomplete))


def _assigned(names: LawNames, incomplete: str) -> Iterable[tuple[str, str]]:
    name, equals, _ = incomplete.partition("=")
    if not equals:
        return ((f"{each}=", said) for each, said in names.parameters.items())
    return ((f"{name}={value}", "") for value in names.values.get(name, ()))


CLAIM: Final = Named("claim")
COLUMN: Final = Named("column")
PREMISE: Final = Named("premise")
PARAMETER: Final = Named("parameter")
PLACE: Final = Named("place")
DOCUMENT: Final = Named("document")


class _Fish(FishComplete):
    """Keeps what follows a comma in the sentence beside a name."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


add_completion_class(_Fish)


def complete(program: click.Command) -> int:
    """Answer the shell. Whatever goes wrong is silent: nobody has asked for a message."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stderr(nowhere):
        try:
            return shell_complete(program, {}, "redline", ASKED, os.environ[ASKED])
        except Exception:
            return 1
