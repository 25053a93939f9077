"""Every document that a command writes while tests run is held against the schema that is shipped."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from checker.documents import DOCUMENTS, shipped_schema
from checker.report import json_documents

os.environ.setdefault("REDLINE_CACHE", "0")  # tests are about what is decided, not about what was


@cache
def validator(name: str) -> Draft202012Validator:
    """What holds a document of that name against its schema, which is strict here: no field is unknown."""
    schema = json.loads(shipped_schema(name))
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["additionalProperties"] = False
    return Draft202012Validator(schema)


def check(text: str) -> None:
    """Fail if the text is one of our documents, and not what its schema says."""
    document = json.loads(text)
    name = str(document.get("schema", "")).removeprefix("redline.").partition("/")[0]
    if name in DOCUMENTS:
        wrong = [
            f"{list(each.absolute_path)}: {each.message}" for each in validator(name).iter_errors(document)
        ]
        assert not wrong, wrong[:3]


@pytest.fixture(autouse=True)
def _documents(monkeypatch: pytest.MonkeyPatch) -> None:
    dumped: Callable[[object], str] = json_documents.dumped

    def checked(document: object) -> str:
        text = dumped(document)
        if isinstance(document, tuple(DOCUMENTS.values())):
            check(text)
        return text

    monkeypatch.setattr(json_documents, "dumped", checked)
