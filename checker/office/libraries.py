"""The libraries for office files, which not everybody has installed."""

from __future__ import annotations

import importlib
from types import ModuleType

from checker.language.diagnostics import Diagnostic, SpecError


def library(name: str, purpose: str) -> ModuleType:
    """Return a library's module. SpecError that says how to install it, if it is not there. `purpose`: what
    it is needed for, as in “reading Word files”.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        message = f"{purpose} needs a library that is not installed: `{name.partition('.')[0]}`"
        expected = ('`pip install "redline[office]"`',)
        raise SpecError((Diagnostic("not-installed", message, None, expected),)) from None
