"""Compares an entry of an evidence folder with the one that would be written for the same verdict, so that an
entry cannot contain anything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from checker.evidence.itf import Json, Object
from checker.evidence.write import Bundle

OBLIGATIONS = "obligations"


def differences(entry: Object, files: Mapping[str, str], needed: Bundle) -> Iterator[str]:
    """Yield the differences between an entry, or a file that it needs, and what would be written."""
    for name in (*needed.entry, *(each for each in entry if each not in needed.entry)):
        if name not in needed.entry:
            yield f"the entry contains `{name}`, which nothing rests on"
        elif name not in entry:
            yield f"the entry lacks `{name}`"
        elif name == OBLIGATIONS:
            yield from _obligations(entry[name], needed.entry[name])
        elif not same(entry[name], needed.entry[name]):
            yield f"`{name}` in the manifest is not what law and claim require"
    for name, text in needed.files.items():
        if name not in files:
            yield f"`{name}` is missing"
        elif files[name] != text and name in needed.scripts:
            yield f"`{name}` is not the obligation that law and claim require"
        elif files[name] != text:
            yield f"`{name}` does not say what happens in it"


def _obligations(said: Json, needed: Json) -> Iterator[str]:
    """Yield the differences between the obligations listed and those needed. Their files identify them."""
    listed, wanted = _by_file(said), _by_file(needed)
    if listed is None or wanted is None:
        yield "the obligations of the entry are not a list of files"
        return
    found = [f"the obligation `{each}` is missing" for each in wanted.keys() - listed.keys()]
    found += [f"the obligation `{each}` is not needed" for each in listed.keys() - wanted.keys()]
    both = wanted.keys() & listed.keys()
    changed = (each for each in both if not same(listed[each], wanted[each]))
    found += [f"the manifest describes the obligation `{each}` wrongly" for each in changed]
    yield from sorted(found)
    if not found and not same(said, needed):
        yield "the obligations are listed in another order, or more than once"


def _by_file(listed: Json) -> Mapping[str, Json] | None:
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        return None
    found: dict[str, Json] = {}
    for each in listed:
        file = each.get("file") if isinstance(each, Mapping) else None
        if not isinstance(file, str):
            return None
        found[file] = each
    return found


def same(one: Json, other: Json) -> bool:
    """Whether two documents are the same as JSON, where true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
