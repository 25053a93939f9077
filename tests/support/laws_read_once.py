"""Reads a law once, however many tests ask for it.

Laws are frozen values: who gets one that was loaded before cannot tell. What is read of a text is kept for
the whole run, and what is loaded only as long as the tests are of one file, so that no file sways another. Of
a large law, files that come later get copies of one that no test has had.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

import pytest

from checker.language.diagnostics import SpecError
from checker.language.document import read_document
from checker.language.parse import parse_fence
from checker.regime import load
from checker.regime.clashes import Judge
from checker.regime.earlier import Earlier
from checker.regime.regime import Regime
from tests.support.sources import parsed

LAWS: Final = 64
TEXTS: Final = 512
FENCES: Final = 8192
COPIES: Final = 8
"""How many are kept at most."""

LARGE: Final = 50_000
"""Letters of a law that is sooner copied than loaded."""

_load = load.load_texts


@dataclass(frozen=True, slots=True)
class _Asked:
    texts: tuple[tuple[str, str], ...]
    judge: Judge | None


_large: set[_Asked] = set()
"""The large laws that a file has had."""


@lru_cache(LAWS)
def _loaded(asked: _Asked) -> Regime | SpecError:
    try:
        if asked in _large:
            return cast("Regime", pickle.loads(_copy(asked)))
        if sum(len(text) for _, text in asked.texts) > LARGE:
            _large.add(asked)
        return _anew(asked)
    except SpecError as error:
        return error


@lru_cache(COPIES)
def _copy(asked: _Asked) -> bytes:
    """What nobody has had yet, for all files that want it after the first."""
    return pickle.dumps(_anew(asked))


def _anew(asked: _Asked) -> Regime:
    return _load(dict(asked.texts), judge=asked.judge)


def load_texts(
    spec: Mapping[str, str],
    properties: Mapping[str, str] | None = None,
    judge: Judge | None = None,
    earlier: Earlier | None = None,
) -> Regime:
    """What `checker.regime.load.load_texts` returns or raises."""
    if earlier is not None:
        return _load(spec, properties, judge, earlier)
    found = _loaded(_Asked(tuple({**spec, **(properties or {})}.items()), judge))
    if isinstance(found, SpecError):
        raise SpecError(found.diagnostics)
    return found


def forget() -> None:
    """Load anew what is asked for from now on, and keep no trees of sources, which are large."""
    _loaded.cache_clear()
    parsed.cache_clear()


def read_laws_once() -> None:
    """Begin, for whatever imports the loader from now on."""
    begun = pytest.MonkeyPatch()
    begun.setattr(load, "load_texts", load_texts)
    begun.setattr("checker.regime.files_as_written.read_document", lru_cache(TEXTS)(read_document))
    begun.setattr("checker.regime.files_as_written.parse_fence", lru_cache(FENCES)(parse_fence))
