"""Reads a page of HTML strictly, as a browser would, and says what is on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib


@dataclass(frozen=True)
class Page:
    """A page, as parsed. ParseError if it is not well-formed."""

    root: Element

    @classmethod
    def of(cls, text: str) -> Page:
        """Parse a page; a mistake that a browser would forgive is an error."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        root = parser.parse(text)
        for each in root.iter():
            if isinstance(each.tag, str):
                each.tag = each.tag.rpartition("}")[2]  # pictures have a namespace of their own
        return cls(root)

    def all(self, tag: str, **attributes: str) -> Iterator[Element]:
        """Yield the elements of a tag with these attributes; `class_` names one of its classes."""
        for each in self.root.iter(tag):
            given = dict(attributes)
            wanted = given.pop("class_", None)
            if wanted is not None and wanted not in each.get("class", "").split():
                continue
            if all(each.get(name) == value for name, value in given.items()):
                yield each

    @cached_property
    def ids(self) -> list[str]:
        """Every id, as often as it is given."""
        return [each.attrib["id"] for each in self.root.iter() if "id" in each.attrib]

    @cached_property
    def targets(self) -> list[str]:
        """Where links lead."""
        return [each.attrib["href"] for each in self.root.iter() if "href" in each.attrib]

    @cached_property
    def named(self) -> list[str]:
        """The ids by which elements name others."""
        names = ("aria-labelledby", "aria-describedby")
        return [one for each in self.root.iter() for name in names for one in each.get(name, "").split()]

    @property
    def tags(self) -> set[str]:
        """Every tag that occurs."""
        return {each.tag for each in self.root.iter() if isinstance(each.tag, str)}

    def find(self, place: str) -> Element:
        """The element of an id."""
        return next(each for each in self.root.iter() if each.get("id") == place)


def text_of(element: Element) -> str:
    """The text of an element, with single blanks."""
    return " ".join("".join(element.itertext()).split())
