"""Labels with their places filled in, and names as words."""

from __future__ import annotations

import re
from collections.abc import Mapping


def fill(label: str, values: Mapping[str, str]) -> str:
    """Put values in the place of `{name}`s; a name that nobody gives stays as it is."""
    return re.sub(r"\{([^{}]*)\}", lambda found: values.get(found[1].strip(), found[0]), label)


def places(label: str) -> tuple[str, ...]:
    """Return the names that a label has places for, each once."""
    return tuple(dict.fromkeys(each.strip() for each in re.findall(r"\{([^{}]*)\}", label)))


def spaced(name: str) -> str:
    """Return a name as words."""
    return name.replace("-", " ").replace("_", " ")
