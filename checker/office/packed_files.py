"""Office files as archives of XML, opened as somebody else's: with limits, and without following anything."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.office.libraries import library

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_FILE: Final = 50_000_000
MAX_PART: Final = 100_000_000
MAX_UNPACKED: Final = 200_000_000
MAX_PARTS: Final = 10_000
"""Bytes of a document, of one part of it and of all unpacked, and how many parts it may have."""

_OLD: Final = bytes.fromhex("d0cf11e0a1b11ae1")  # a file of Office before 2007, or one with a password
_CHUNK: Final = 1_000_000
_ENCRYPTED: Final = 0x1


def wrong_file(file: str, message: str, *expected: str) -> SpecError:
    """The diagnostic for a document that cannot be read."""
    return SpecError((Diagnostic("bad-document", f"`{file}` cannot be imported: {message}", None, expected),))


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an office file, by name, as they are unpacked."""

    file: str
    archive: zipfile.ZipFile

    def xml(self, name: str) -> _Element | None:
        """The root of a part; None if there is none. SpecError if it is no XML, or declares entities."""
        if name not in self.archive.namelist():
            return None
        return parsed(self.file, self._unpacked(name))

    def target(self, kind: str, source: str = "") -> str | None:
        """The part that `source`, or the file itself, names as its part of a kind, such as `styles`."""
        folder, name = posixpath.split(source)
        relations = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for each in () if relations is None else relations:
            if str(each.get("Type", "")).endswith(f"/{kind}") and each.get("TargetMode") != "External":
                place = str(each.get("Target", ""))
                return posixpath.normpath(posixpath.join("/", folder, place)).lstrip("/")
        return None

    def _unpacked(self, name: str) -> bytes:
        data = bytearray()
        try:
            with self.archive.open(name) as opened:
                while chunk := opened.read(_CHUNK):
                    data += chunk
                    if len(data) > MAX_PART:
                        raise wrong_file(self.file, f"`{name}` in it holds more than {MAX_PART:,} bytes")
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise wrong_file(self.file, f"it is damaged: `{name}` in it cannot be unpacked") from None
        return bytes(data)


def parts_of(file: str, data: bytes, kind: str) -> Parts:
    """Open an office file. `kind`: what it should be, as in “Word file (.docx)”. SpecError if it is not an
    archive, has a password, or holds too much.
    """
    if len(data) > MAX_FILE:
        raise wrong_file(file, f"it holds {len(data):,} bytes, more than {MAX_FILE:,}")
    if data.startswith(_OLD):
        message = "it has a password, or is of a format before 2007"
        raise wrong_file(file, message, f"a {kind} without a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        message = "it is damaged: it ends too early" if data.startswith(b"PK") else f"it is no {kind}"
        raise wrong_file(file, message, f"a {kind}") from None
    entries = archive.infolist()
    if any(each.flag_bits & _ENCRYPTED for each in entries):
        raise wrong_file(file, "it has a password", f"a {kind} without a password")
    if len(entries) > MAX_PARTS:
        raise wrong_file(file, f"it has {len(entries):,} parts, more than {MAX_PARTS:,}")
    whole = sum(each.file_size for each in entries)
    if whole > MAX_UNPACKED:
        raise wrong_file(file, f"unpacked, it holds {whole:,} bytes, more than {MAX_UNPACKED:,}")
    return Parts(file, archive)


def parsed(file: str, data: bytes) -> _Element:
    """Parse XML. Nothing outside is read: SpecError if it declares entities, or is not well-formed."""
    etree = library("lxml.etree", "reading office files")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise wrong_file(file, f"it is damaged: {str(wrong).split(', line')[0]}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise wrong_file(file, "it has a document type declaration, which no office file has")
    return root


def local(element: _Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attributes(element: _Element) -> Mapping[str, str]:
    """The attributes by their names without namespaces."""
    return {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first element down a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """Yield the elements of that name directly below."""
    for each in () if element is None else element:
        if local(each) == name:
            yield each


def value(element: _Element | None, *path: str) -> str | None:
    """The attribute `val` of the element down a path; "" if it is there without one."""
    found = child(element, *path)
    return None if found is None else attributes(found).get("val", "")
