"""Word files taken apart without the code that writes them: changes accepted and rejected by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias
from xml.etree import ElementTree as ET

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Order: TypeAlias = Literal["accept", "reject"]
Line: TypeAlias = tuple[str, str]
"""A paragraph: its style and its text. A row of a table has the style `row`, and bars between its cells."""

_CONTENT: Final = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def part(data: bytes, name: str = "word/document.xml") -> ET.Element:
    """The root of a part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return ET.fromstring(packed.read(name))


def settled(data: bytes, order: Order) -> list[Line]:
    """The paragraphs and rows that are left when all changes are accepted, or all rejected; empty ones, too.

    What ECMA-376 says of `ins` and `del` (17.13.5): around runs, in the properties of a paragraph's mark,
    whose removal joins the paragraph to the next one, and in those of a row.
    """
    body = part(data).find(f"{W}body")
    assert body is not None
    lines: list[Line] = []
    pending = ""
    for block in body:
        if block.tag == f"{W}p":
            text = pending + "".join(_kept(block, order))
            if _goes(block.find(f"{W}pPr/{W}rPr"), order):
                pending = text
                continue
            lines.append((_style(block), text))
            pending = ""
        elif block.tag == f"{W}tbl":
            assert not pending, "a paragraph cannot join a table"
            for row in block.iter(f"{W}tr"):
                if not _goes(row.find(f"{W}trPr"), order):
                    cells = ("".join(_kept(cell, order)) for cell in row.iter(f"{W}tc"))
                    lines.append(("row", " | ".join(cells)))
    assert not pending, "the text ends in the middle of a paragraph"
    return lines


def law_lines(lines: Sequence[Line]) -> list[tuple[str, str, str]]:
    """The clauses among the lines: name, words, and where they come from."""
    texts = [(style, text) for style, text in lines if style.startswith("Redline")]
    tables = [at for at, (style, _) in enumerate(lines) if style == "row"]
    end = (
        len(texts) if not tables else sum(style.startswith("Redline") for style, _ in lines[: tables[0]]) - 1
    )
    texts = texts[:end]
    assert [style for style, _ in texts] == ["RedlineClause", "RedlineText", "RedlineAttribution"] * (
        end // 3
    )
    return [(texts[at][1], texts[at + 1][1], texts[at + 2][1]) for at in range(0, end, 3)]


def _kept(element: ET.Element, order: Order) -> Iterator[str]:
    gone = f"{W}del" if order == "accept" else f"{W}ins"
    for child in element:
        if child.tag in (f"{W}t", f"{W}delText"):
            yield child.text or ""
        elif child.tag not in (gone, f"{W}pPr"):
            yield from _kept(child, order)


def _goes(look: ET.Element | None, order: Order) -> bool:
    return look is not None and look.find(f"{W}{'del' if order == 'accept' else 'ins'}") is not None


def _style(paragraph: ET.Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


# ----------------------------------------------------------------- by hand


def word_file(body: str, others: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this body; `w` is the prefix of WordprocessingML. `others`: parts by their kinds, such
    as `styles`, each as the inside of its root.
    """
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    links = "".join(
        f'<Relationship Id="r{kind}" Type="http://x/{kind}" Target="{kind}.xml"/>' for kind in others or {}
    )
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    top = '<Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>'
    parts = {
        "[Content_Types].xml": _CONTENT,
        "_rels/.rels": rels.format(top),
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": rels.format(links),
        **{
            f"word/{kind}.xml": f"<w:{kind} {names}>{inner}</w:{kind}>"
            for kind, inner in (others or {}).items()
        },
    }
    return packed(parts)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def p(*runs: str, mark: str = "", look: str = "") -> str:
    """A paragraph; `mark`: `ins` or `del` for its end."""
    tracked = f'<w:rPr><w:{mark} w:id="1" w:author="A"/></w:rPr>' if mark else ""
    return f"<w:p><w:pPr>{look}{tracked}</w:pPr>{''.join(runs)}</w:p>"


def t(text: str) -> str:
    """Letters that are kept."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(text: str) -> str:
    """Letters that are inserted."""
    return f'<w:ins w:id="2" w:author="A">{t(text)}</w:ins>'


def dele(text: str) -> str:
    """Letters that are struck."""
    return (
        f'<w:del w:id="3" w:author="A"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    )
