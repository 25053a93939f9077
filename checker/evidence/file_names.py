"""File and folder names for names in a law: distinct on every file system, and never too long."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

LONGEST: Final = 60  # letters of a name
_MARK: Final = 10  # letters of a hash that makes a name unique
_WORDS: Final = frozenset({"and", "by", "moving", "over", "staged", "under", "without"})
_NAME: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])(\..*)?", re.IGNORECASE)


def readable(text: str) -> str:
    """A unique name for a text, as close to it as possible. It stays unique on file systems that ignore case
    or normalise accents, and is not a reserved name. Names of a law, joined by the words of a column, keep
    their letters. Other texts, and long ones, get a part of their hash.
    """
    slug = re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-.")
    if _is_plain(text) and len(slug) <= LONGEST and not _RESERVED.fullmatch(slug):
        return slug
    mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_MARK]
    short = slug[: LONGEST - _MARK - 2].strip("-.")
    if not short:
        return f"x-{mark}"
    return f"x-{short}-{mark}" if _RESERVED.fullmatch(short) else f"{short}-{mark}"


def _is_plain(text: str) -> bool:
    """Whether the text consists of names joined by the words of a column, and no name contains such a word,
    so that the file name determines the text.
    """
    words = text.split(" ")
    names = [each for each in words if each not in _WORDS]
    known = all(_NAME.fullmatch(each) and not _WORDS & set(each.split("-")) for each in names)
    return known and not any(first in names and second in names for first, second in pairwise(words))


def folded_twice(names: Iterable[str]) -> str | None:
    """A name that some file system cannot distinguish from another one of these, if there is one."""
    seen: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            return name
        seen.add(folded)
    return None
