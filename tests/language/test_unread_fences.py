"""No rule lies unread: what looks like a fence or a page of ours, and is not read, is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.cli import run
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.document import read_document
from checker.language.fence_tags import looks_like_ours
from checker.language.spec_files import texts_in

RULE = "sort Chair\n"
FENCE = f"```redline\n{RULE}```\n"


def refused(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(SpecError) as caught:
        read_document("a.md", text)
    return caught.value.diagnostics


def indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}\n" for line in text.splitlines())


# ----------------------------------------------------------------------- tags

SLIPS = [
    "redlin",
    "Redline",
    "REDLINE",
    "redlien",
    "readline",
    "red-line",
    "red line",
    "{redline}",
    "{.redline}",
    "{#rules .redline}",
    "redline,x",
    "redline ignore",
    ".redline",
    "redline:",
    "language-redline",
    "{code-block} redline",
    "\u200bredline",
    "red\u00adline",
    "redline\u2060",
    "\ufeffredline",
    "r\u0435dline",
    "\u0433\u0435\u0501\u04cf\u0456\u043f\u0435",
    "r\u00e9dline",
    "\uff52\uff45\uff44\uff4c\uff49\uff4e\uff45",
    "red\\line",
    "&#114;edline",
    "\u202eenilder",
    "redline\ufe0f",
]
OTHERS = [
    "text",
    "python",
    "markdown",
    "inline",
    "redline-example",
    "redline_example",
    "diff",
    "redis",
    "online",
]


@pytest.mark.parametrize("info", SLIPS)
@pytest.mark.parametrize("mark", ["```", "~~~", "`````"])
def test_a_slip_of_the_tag_is_refused(info: str, mark: str) -> None:
    """A tag that may have been meant to be ours is told from one that is meant to be another."""
    assert looks_like_ours(info)
    found = refused(f"# A\n\n{mark}{info}\n{RULE}{mark}\n")
    assert [(each.code, each.span and each.span.line) for each in found] == [("not-read", 3)]


@pytest.mark.parametrize("info", OTHERS)
def test_another_tag_is_legal(info: str) -> None:
    """Rules can be shown in prose: in a fence of another tag, they are no rules."""
    assert not looks_like_ours(info)
    assert not read_document("a.md", f"```{info}\n{RULE}```\n").fences


def test_what_nobody_sees_is_said() -> None:
    """An invisible character of a tag is named by its code point."""
    (only,) = refused(f"```redl\u200bine\n{RULE}```\n")
    assert "U+200B" in only.message


# --------------------------------------------------------------------- places

PLACES: dict[str, Callable[[], str]] = {
    "quote": lambda: indented(FENCE, "> "),
    "quote in quote": lambda: indented(FENCE, ">> "),
    "quote in list": lambda: f"- a\n\n{indented(FENCE, '  > ')}",
    "details": lambda: f"<details>\n<summary>rule</summary>\n{FENCE}</details>\n",
    "div": lambda: f"<div>\n{FENCE}</div>\n",
    "comment": lambda: f"<!--\n{FENCE}-->\n",
    "open comment": lambda: f"<!-- unfinished\n\n{FENCE}",
    "comment on the line": lambda: f"<!-- {FENCE}-->\n",
    "four spaces": lambda: indented(FENCE, "    "),
    "tab": lambda: indented(FENCE, "\t"),
    "code in a list": lambda: f"- a\n\n{indented(FENCE, '        ')}",
    "two marks": lambda: f"``redline\n{RULE}``\n",
    "one mark": lambda: f"`redline\n{RULE}`\n",
    "acute accents": lambda: "\u00b4\u00b4\u00b4redline\n",
    "apostrophes": lambda: "'''redline\n",
    "colons": lambda: ":::redline\n",
    "zero width before the mark": lambda: f"\u200b{FENCE}",
    "after words": lambda: f"The rule: {FENCE}",
    "heading": lambda: f"# {FENCE}",
    "cell": lambda: "| a |\n|---|\n| ```redline |\n",
    "on one line": lambda: "```redline sort Chair```\n",
    "pre": lambda: f'<pre lang="redline">\n{RULE}</pre>\n',
    "code": lambda: f'<pre><code class="language-redline">\n{RULE}</code></pre>\n',
    "after a line separator": lambda: "words\u2028```redline\u2028sort Chair\u2028```\n",
    "after a vertical tab": lambda: f"words\v{FENCE}",
    "a directive": lambda: ".. code-block:: redline\n\n   sort Chair\n",
    "a source block": lambda: "[source,redline]\n----\nsort Chair\n----\n",
    "tag on the next line": lambda: f"```\nredline\n{RULE}```\n",
    "no tag": lambda: f"```\n{RULE}```\n",
    "no tag, and a mistake": lambda: '```\ncheck a for "B" at C, rejects\n```\n',
    "slip in a quote": lambda: indented(FENCE.replace("redline", "Redline"), "> "),
}


@pytest.mark.parametrize("place", PLACES)
def test_where_markdown_sees_no_fence(place: str) -> None:
    """A fence of rules where it is not read is refused, on its line, whatever hides it."""
    text = PLACES[place]()
    (only,) = refused(f"# Words\n\n{text}")
    assert only.code == "not-read"
    assert only.span is not None
    lines = f"# Words\n\n{text}".split("\n")
    assert "redline" in lines[only.span.line - 1].casefold() or "no tag" in place or "next line" in place


@pytest.mark.parametrize(
    "text",
    [
        f"````markdown\n{FENCE}````\n",
        f"````\n{FENCE}````\n",
        f"````text\n{FENCE}````\n\n````text\nmore\n````\n",
        f"> ````text\n{indented(FENCE, '> ')}> ````\n",
        "Rules stand in `redline` fences: ```redline``` is the tag.\n",
        "```redline``` is the tag.\n",
        "`redline` fences hold rules.\n",
        "```\nredline prove\n```\n",
        "```\nsome output of order\n```\n",
        "```\n$ ls | sort\n```\n",
        f"    {RULE}",
        "<code>redline</code>\n",
    ],
)
def test_examples_stay_legal(text: str) -> None:
    """A page can show a page, name the tag, and indent rules that it only shows."""
    assert not read_document("a.md", text).fences


def test_a_list_holds_fences() -> None:
    """A fence in a list is read as any other."""
    (fence,) = read_document("a.md", f"- a\n\n{indented(FENCE, '  ')}").fences
    assert fence.fragment.text == RULE


@pytest.mark.parametrize(
    "text",
    [
        f"- ```redline\n  {RULE}\nprose\n",
        f"- ````redline\n  {RULE}  ```\n\nprose\n",
        f"````redline\n{RULE}```\n",
        f"````text\na\n\n{FENCE}\n````text\nb\n````\n",
    ],
)
def test_an_open_fence_is_refused(text: str) -> None:
    """A fence that ends with its list, or with a later fence, was never closed."""
    (only,) = refused(text)
    assert only.code == "unbalanced-fence"
    assert only.span is not None
    assert only.span.line == 1


# ---------------------------------------------------------------------- files


def folder_with(place: Path, name: str, text: str = FENCE) -> Path:
    (place / "spec").mkdir()
    (place / "spec" / "a.md").write_text(FENCE, encoding="utf-8")
    (place / "spec" / name).write_text(text, encoding="utf-8")
    return place / "spec"


def wrong_in(folder: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(SpecError) as caught:
        texts_in(folder)
    return caught.value.diagnostics


@pytest.mark.parametrize("name", ["b.MD", "b.markdown", "b.mdown", "b.txt", "b", "b.md.txt", ".b.text"])
def test_a_page_of_another_name_is_refused(tmp_path: Path, name: str) -> None:
    """A file with rules whose name does not end in `.md` is not read, and that is said."""
    (only,) = wrong_in(folder_with(tmp_path, name))
    assert only.code == "not-read"
    assert f"{name}` " in only.message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.txt", "nothing of ours\n"),
        ("a.md~", FENCE),
        ("a.md.bak", FENCE),
        ("#a.md#", FENCE),
        ("x.png", "`"),
    ],
)
def test_other_files_are_left_alone(tmp_path: Path, name: str, text: str) -> None:
    """A file without rules, and a copy that its name puts aside, is nobody's law."""
    assert [path.name for path in texts_in(folder_with(tmp_path, name, text))] == ["a.md"]


def test_hidden_pages_are_read(tmp_path: Path) -> None:
    """A name that begins with a dot hides a page from people, not from the law."""
    folder = folder_with(tmp_path, ".b.md")
    (folder / ".more").mkdir()
    (folder / ".more" / "c.md").write_text(FENCE, encoding="utf-8")
    assert {path.name for path in texts_in(folder)} == {"a.md", ".b.md", "c.md"}


def test_a_utf_16_text_is_seen(tmp_path: Path) -> None:
    """Rules in another encoding are rules."""
    folder = folder_with(tmp_path, "b.txt", "")
    for encoding in ("utf-16", "utf-16-le", "utf-32-be"):
        (folder / "b.txt").write_text(FENCE, encoding=encoding)
        assert wrong_in(folder)[0].code == "not-read"


def link_to_page(folder: Path) -> None:
    (folder.parent / "b.md").write_text(FENCE, encoding="utf-8")
    (folder / "b.md").symlink_to("../b.md")


def link_to_folder(folder: Path) -> None:
    (folder.parent / "more").mkdir()
    (folder / "more").symlink_to("../more")


def loop(folder: Path) -> None:
    (folder / "round").symlink_to(".")


def loop_of_links(folder: Path) -> None:
    (folder / "one.md").symlink_to("two.md")
    (folder / "two.md").symlink_to("one.md")


def broken(folder: Path) -> None:
    (folder / "b.md").symlink_to("nowhere.md")


def link_to_rules(folder: Path) -> None:
    (folder.parent / "b.txt").write_text(FENCE, encoding="utf-8")
    (folder / "b.txt").symlink_to("../b.txt")


@pytest.mark.parametrize(
    "link",
    [link_to_page, link_to_folder, loop, loop_of_links, broken, link_to_rules],
    ids=lambda e: e.__name__,
)
def test_links_are_refused(tmp_path: Path, link: Callable[[Path], None]) -> None:
    """A link to rules or to a folder is not followed, and that is said."""
    folder = folder_with(tmp_path, "c.md")
    link(folder)
    found = wrong_in(folder)
    assert {each.code for each in found} == {"unreadable"}
    assert all("is a link" in each.message for each in found)


def test_a_link_to_the_folder_is_followed(tmp_path: Path) -> None:
    """Who names a folder by a link has named it."""
    folder_with(tmp_path, "b.md")
    (tmp_path / "law").symlink_to("spec")
    assert len(texts_in(tmp_path / "law")) == 2


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is closed to us is refused by its name, and not passed over."""
    folder = folder_with(tmp_path, "b.md")
    (folder / "closed").mkdir()
    scan = os.scandir

    def scanned(place: Path) -> object:
        if Path(place).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(place)

    monkeypatch.setattr(os, "scandir", scanned)
    (only,) = wrong_in(folder)
    assert only.code == "unreadable"
    assert "closed" in only.message


def test_a_pointer_is_no_page(tmp_path: Path) -> None:
    """What Git LFS puts in a page's place is not the page."""
    text = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n"
    assert wrong_in(folder_with(tmp_path, "b.md", text))[0].code == "unreadable"


@pytest.mark.parametrize("where", ["spec", "properties"])
def test_the_command_says_where(tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A command that meets such a file ends with 2, and names it."""
    for name in ("spec", "properties"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("# Nothing\n", encoding="utf-8")
    (tmp_path / where / "b.MD").write_text(FENCE, encoding="utf-8")
    folders = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
    assert run(["prove", *folders]) == 2
    assert "b.MD" in capsys.readouterr().err
