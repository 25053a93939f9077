"""Holds documents against the schemas that are shipped."""

from __future__ import annotations

import json
from functools import cache

from jsonschema import Draft202012Validator

from checker.documents import DOCUMENTS, shipped_schema


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
