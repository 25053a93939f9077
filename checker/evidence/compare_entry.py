"""An entry of an evidence folder against the one that would be written for what it says: whatever else it has
is nobody's finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from checker.evidence.itf import Json, Object
from checker.evidence.write import Bundle

OBLIGATIONS = "obligations"


def differences(entry: Object, files: Mapping[str, str], needed: Bundle) -> Iterator[str]:
    """Yield where an entry of the manifest, or a file that it needs, is not as it would be written."""
    for name in (*needed.entry, *(each for each in entry if each not in needed.entry)):
        if name not in needed.entry:
            yield f"the entry says something of `{name}` that nothing rests on"
        elif name not in entry:
            yield f"the entry says nothing of `{name}`"
        elif name == OBLIGATIONS:
            yield from _obligations(entry[name], needed.entry[name])
        elif not same(entry[name], needed.entry[name]):
            yield f"the manifest says something else of `{name}` than law and claim do"
    for name, text in needed.files.items():
        if name not in files:
            yield f"`{name}` is missing"
        elif files[name] != text and name in needed.scripts:
            yield f"`{name}` is not the obligation that law and claim ask for"
        elif files[name] != text:
            yield f"`{name}` says something else than what happens in it"


def _obligations(said: Json, needed: Json) -> Iterator[str]:
    """Yield where the manifest lists other obligations than are needed. Their files tell them apart."""
    listed, wanted = _by_file(said), _by_file(needed)
    if listed is None or wanted is None:
        yield "the obligations of the entry are no list of files"
        return
    found = [f"the obligation `{each}` is missing" for each in wanted.keys() - listed.keys()]
    found += [f"the obligation `{each}` is none that is needed" for each in listed.keys() - wanted.keys()]
    both = wanted.keys() & listed.keys()
    changed = (each for each in both if not same(listed[each], wanted[each]))
    found += [f"the manifest says something else of the obligation `{each}`" for each in changed]
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
    """Whether two documents are written alike: true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
