"""GitLab's code quality report, which it shows in a merge request.

Source: GitLab documentation, Code Quality, “Code Quality report format”.
"""

from __future__ import annotations

import json
from typing import Final

from checker.formats.outcome import Level, Outcome
from checker.formats.places import Root

_SEVERITIES: Final[dict[Level, str]] = {"error": "major", "warning": "minor", "note": "info"}
_NOWHERE: Final = "."  # GitLab wants a path


def gitlab_of(outcome: Outcome, root: Root) -> str:
    """Return an outcome as a list of what is not as it should be."""
    found = []
    for each, told in outcome.fingerprinted():
        place = each.place or outcome.law
        found.append(
            {
                "description": each.message,
                "check_name": each.rule,
                "fingerprint": told,
                "severity": _SEVERITIES[each.level],
                "location": {
                    "path": _NOWHERE if place is None else root.name(place.file),
                    "lines": {"begin": 1 if place is None else place.line},
                },
            }
        )
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
