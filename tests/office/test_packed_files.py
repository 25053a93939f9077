"""Files that are damaged, hostile, or no office files: one diagnostic each, and nothing outside is read."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from checker.api import SpecError
from checker.office import packed_files
from checker.office.packed_files import MAX_FILE
from checker.office.read_docx import read_docx
from checker.office.read_xlsx import read_xlsx
from tests.support.word_files import p, packed, t, word_file

GOOD = word_file(p(t("words")))


def _message(data: bytes) -> str:
    with pytest.raises(SpecError) as wrong:
        read_docx("x.docx", data)
    (found,) = wrong.value.diagnostics
    assert found.code == "bad-document"
    assert found.message.startswith("`x.docx` cannot be imported: ")
    return found.message.removeprefix("`x.docx` cannot be imported: ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"words", "it is no Word file"),
        (b"PK\x03\x04 words", "it is damaged: it ends too early"),
        (GOOD[: len(GOOD) // 2], "it is damaged: it ends too early"),
        (GOOD[:-30], "it is damaged: it ends too early"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "it has a password, or is of a format before 2007"),
        (packed({"a.txt": "words"}), "there is no Word document in it"),
        (packed({"word/document.xml": "<a>"}), "it is damaged: "),
        (packed({"word/document.xml": b"\xff\xfe"}), "it is damaged: "),
        (b"x" * (MAX_FILE + 1), "it holds 50,000,001 bytes, more than 50,000,000"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, message: str) -> None:
    """The message says what is wrong with it."""
    assert _message(data).startswith(message)


def test_a_file_with_a_password_is_refused() -> None:
    """The archive says so of its parts."""
    data = bytearray(GOOD)
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)
    assert _message(bytes(data)).startswith("it has a password")


def test_a_part_that_is_not_what_the_archive_says_is_refused() -> None:
    """A letter that was changed on the way is noticed."""
    data = bytearray(packed({"word/document.xml": "<a/>" + " " * 100}))
    data[50] ^= 0xFF
    assert "damaged" in _message(bytes(data))


def test_a_file_that_is_large_when_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the archive says, and by what comes out of a part, whatever the archive says."""
    bomb = packed({"word/document.xml": " " * 2_000_000})
    monkeypatch.setattr(packed_files, "MAX_UNPACKED", 1_000_000)
    assert _message(bomb) == "unpacked, it holds 2,000,000 bytes, more than 1,000,000"
    monkeypatch.setattr(packed_files, "MAX_UNPACKED", 10_000_000)
    monkeypatch.setattr(packed_files, "MAX_PART", 1_000_000)
    assert _message(bomb) == "`word/document.xml` in it holds more than 1,000,000 bytes"
    monkeypatch.setattr(packed_files, "MAX_PARTS", 2)
    assert _message(GOOD) == "it has 4 parts, more than 2"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>',
        '<!DOCTYPE a [<!ENTITY x "words">]>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_are_refused(declaration: str, tmp_path: Path) -> None:
    """Neither a file of this machine nor a page of another is read."""
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    text = f"{declaration.replace('{secret}', str(secret))}<a>words</a>"
    message = _message(packed({"word/document.xml": text}))
    assert message == "it has a document type declaration, which no office file has"
    book = packed({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": text})
    with pytest.raises(SpecError, match="document type declaration"):
        read_xlsx("x.xlsx", book)


def test_deep_xml_is_refused() -> None:
    """Elements in elements without end do not exhaust the stack."""
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert _message(packed({"word/document.xml": deep})).startswith("it is damaged: ")
