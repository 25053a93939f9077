"""JSON Schemas of all documents, generated from their types.

`python -m checker.documents` writes those that are shipped; a test fails if they are not these.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from checker.language.diagnostics import Diagnostic, SpecError
from checker.results.certification import Certification
from checker.results.examined import Examination
from checker.results.explained import Explained
from checker.results.exported import Exported
from checker.results.mistakes import Mistakes
from checker.results.proofs import Proofs
from checker.results.redlined import RedlinedLaw
from checker.results.register import OpenPoints
from checker.results.started import Started
from checker.rooms.audit.answer import Audit
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.departures import Run
from checker.rooms.cover.answer import Edits
from checker.rooms.diff.answer import Differences
from checker.rooms.lint.answer import Findings
from checker.rooms.replay.answer import Replay
from checker.rooms.rollout.answer import Mixtures
from checker.rooms.who.answer import Coalitions

DOCUMENTS: Final[Mapping[str, type[msgspec.Struct]]] = {
    "prove": Proofs,
    "diff": Differences,
    "rollout": Mixtures,
    "who": Coalitions,
    "cover": Edits,
    "cases": CasePack,
    "cases-run": Run,
    "lint": Findings,
    "audit": Audit,
    "replay": Replay,
    "explain": Explained,
    "certify": Certification,
    "show": RedlinedLaw,
    "register": OpenPoints,
    "export": Exported,
    "init": Started,
    "doctor": Examination,
    "diagnostics": Mistakes,
}
"""The types of all documents, by the name in their `schema`."""

SHIPPED: Final = Path(__file__).resolve().parent / "schemas"
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_of(name: str) -> str:
    """Return the JSON Schema of a document as text. It allows fields that are not in it: a later redline
    may add some under the same version.
    """
    document = DOCUMENTS[name]
    (made,), parts = msgspec.json.schema_components([document], ref_template="#/$defs/{name}")
    described = {each: {**part, **_description(part)} for each, part in parts.items()}
    return json.dumps({"$schema": _DRAFT, **made, "$defs": described}, indent=2, ensure_ascii=False) + "\n"


def _description(part: Mapping[str, object]) -> dict[str, str]:
    """Return what a docstring says, without its indentation: some releases of msgspec leave that in."""
    said = part.get("description")
    return {"description": inspect.cleandoc(said)} if isinstance(said, str) else {}


def shipped_schema(name: str) -> str:
    """Return the schema that comes with redline, as text. SpecError if there is none of that name."""
    if name not in DOCUMENTS:
        expected = tuple(f"`{each}`" for each in DOCUMENTS)
        raise SpecError((Diagnostic("unknown-name", f"there is no document `{name}`", None, expected),))
    return _file(name).read_text(encoding="utf-8")


def write_schemas() -> None:
    """Write all schemas to where they are shipped from."""
    SHIPPED.mkdir(exist_ok=True)
    for name in DOCUMENTS:
        _file(name).write_text(schema_of(name), encoding="utf-8")


def _file(name: str) -> Path:
    return SHIPPED / f"redline.{name}.json"


if __name__ == "__main__":
    write_schemas()
