"""Which redline this is."""

from __future__ import annotations

import importlib.metadata


def installed_version() -> str:
    """Return the version of redline that is installed, or nothing in a checkout that is not."""
    try:
        return importlib.metadata.version("redline")
    except importlib.metadata.PackageNotFoundError:
        return ""
