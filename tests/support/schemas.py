"""Holds documents against the schemas that are shipped."""

from __future__ import annotations

import json
import sys
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from checker.documents import DOCUMENTS, shipped_schema
from checker.report import json_documents

_dumped = json_documents.dumped


def dumped(document: object) -> str:
    """What `checker.report.json_documents.dumped` returns. Fail if it is not what its schema says."""
    text = _dumped(document)
    if isinstance(document, tuple(DOCUMENTS.values())):
        check(text)
    return text


def check_what_is_written() -> None:
    """From now on, hold every document against its schema that is written in this process, whichever module
    writes it.
    """
    begun = pytest.MonkeyPatch()
    for module in tuple(sys.modules.values()):
        if getattr(module, "dumped", None) is _dumped:
            begun.setattr(module, "dumped", dumped)


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
    said = document.get("schema", "") if isinstance(document, dict) else ""
    name = str(said).removeprefix("redline.").partition("/")[0]
    if name in DOCUMENTS:
        wrong = [
            f"{list(each.absolute_path)}: {each.message}" for each in validator(name).iter_errors(document)
        ]
        assert not wrong, wrong[:3]


def check_if_document(text: str) -> None:
    """Fail if a program has printed one of our documents, and not what its schema says; other texts may be as
    they are.
    """
    try:
        json.loads(text)
    except ValueError:
        return
    check(text)
