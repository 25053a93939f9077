"""Tables of requirements as a source that claims cite: `redline register` then says which no claim cites."""

from __future__ import annotations

from collections.abc import Iterator

from checker.language.document import words_of
from checker.office import markdown_text as md
from checker.office.changed_words import escaped
from checker.office.read_xlsx import Book
from checker.office.skeleton import BEFORE, Skeleton, headed
from checker.trusted.load_law import load_texts

_SHORT = 60  # letters of a heading
_LAW = (
    "Each sheet is a section, with a table of which every row is a passage. `redline register` lists the "
    "passages that nothing cites."
)
_CLAIMS = (
    "Each requirement is quoted here once. Under the quote, in a fence, write the claims that are to hold "
    "because of it, with `from` and the section that stands after the dash: they then cite it."
)


def requirements_of(book: Book, file: str, source: str) -> Skeleton:
    """Write the pages: the workbook as a source of this name, and a page to write claims on. SpecError if
    it is more than a law may hold.
    """
    version = md.fence(f"version {BEFORE} {md.string('the law')}")
    spec = {
        f"10-{source}.md": "\n\n".join(_law(book, file, source)) + "\n",
        "30-versions.md": f"# Versions\n\n{version}\n",
    }
    properties = {f"10-{source}-claims.md": "\n\n".join(_claims(book, source)) + "\n"}
    regime = load_texts(spec, properties)
    files = {f"spec/{name}": text for name, text in spec.items()}
    files |= {f"properties/{name}": text for name, text in properties.items()}
    return Skeleton(files, regime, 0)


def _law(book: Book, file: str, source: str) -> Iterator[str]:
    yield md.heading(1, f"{source}: {file}")
    yield _LAW
    yield md.fence(f"source {source} {md.string(file)}", *_no_requirements(book))
    for number, sheet in enumerate(book.sheets, start=1):
        yield md.heading(2, f"{number} {sheet.title}")
        yield from (escaped(each) for each in sheet.above)
        yield md.table([headed(sheet.rows[0]), *sheet.rows[1:]], md.QUOTED)


def _no_requirements(book: Book) -> Iterator[str]:
    """Yield what no claim has to cite: headings of columns, and what stands above them."""
    for number, sheet in enumerate(book.sheets, start=1):
        section = f"    section {md.string(str(number))}"
        head = md.phrase(" ".join(headed(sheet.rows[0])))
        yield f'{section} {head}\n        not modelled "it is the head of a table"'
        for each in dict.fromkeys(sheet.above):
            if _has_words(each):
                yield f'{section} {md.phrase(each)}\n        not modelled "it stands above the table"'


def _claims(book: Book, source: str) -> Iterator[str]:
    yield md.heading(1, f"Claims for the requirements of {source}")
    yield _CLAIMS
    for number, sheet in enumerate(book.sheets, start=1):
        yield md.heading(2, sheet.title)
        for row in sheet.rows[1:]:
            text = " ".join(each for each in row if each)
            if _has_words(text):
                yield md.heading(3, (row[0] or text)[:_SHORT])
                yield md.quote(text, f"{source} {number}")


def _has_words(text: str) -> bool:
    return any(each.text[0].isalnum() for each in words_of("", escaped(text), 1))
