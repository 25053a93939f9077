"""Libraries of the extras, which not everybody has installed."""

from __future__ import annotations

import importlib
from types import ModuleType

from checker.language.diagnostics import Diagnostic, SpecError


def library(name: str, purpose: str, extra: str = "office") -> ModuleType:
    """Return a library's module. SpecError that says how to install it, if it is not there. `purpose`: what
    it is needed for, as in “reading Word files”. `extra`: what to install.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        message = f"{purpose} needs a library that is not installed: `{name.partition('.')[0]}`"
        expected = (f'`pip install "redline[{extra}]"`',)
        raise SpecError((Diagnostic("not-installed", message, None, expected),)) from None
