"""Whatever a random law declares can be renamed: the law loads, and renamed back it is the text of before."""

from __future__ import annotations

import pytest

from checker.editor.edits import edited
from checker.editor.index import Index, index_of
from checker.editor.occurrences import Declared
from checker.editor.pages import read_pages
from checker.editor.renaming import CannotRename, renamed
from checker.regime.load import load_texts
from tests.regimes_agree.trials import make_trial
from tests.support.edited_law import starter

_NEW = "entirely-new"


def _texts(seed: int) -> dict[str, str]:
    return dict(make_trial(seed, 0, 4).texts)


def _all(index: Index) -> list[Declared]:
    kinds = {kind for kind, _ in index.declared}
    return [*index.all_of(*kinds), *index.binders.values()]


def _there_and_back(texts: dict[str, str], *, each_loads: bool) -> int:
    """Rename everything, one after the other, and back; return how many things that were."""
    index = index_of(read_pages(texts, {}))
    done = 0
    for thing in _all(index):
        place = (thing.span.file, thing.span.line, thing.span.column)
        try:
            edits = renamed(index, *place, _NEW)
        except CannotRename:
            continue
        after = edited(texts, edits)
        other = index_of(read_pages(after, {}))
        assert edited(after, renamed(other, *place, thing.name)) == texts, thing
        done += 1
        if each_loads and done % 5 == 0:
            load_texts(after)
    return done


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_random_laws_bear_other_names(seed: int) -> None:
    """A law made at random, claims and all."""
    texts = _texts(seed)
    assert _there_and_back(texts, each_loads=True) > 20


def test_the_small_law_bears_other_names() -> None:
    """Every name of the law of `redline init`, one after the other."""
    assert _there_and_back(starter(), each_loads=False) > 40
