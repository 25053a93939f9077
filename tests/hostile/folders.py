"""Inputs that are odd as folders and files: missing, empty, circular, special, very many."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.inputs import Folders, Input, laws


def folders() -> Iterator[Input]:
    """All of them; those that the system can't make are left out."""
    for make in _MAKERS:
        yield Input(f"folder: {make.__name__.strip('_').replace('_', ' ')}", make)


def _good(root: Path) -> Folders:
    """The permits, as they are."""
    for name, text in laws()["permits"].items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Folders(root / "spec", root / "properties")


def _unspoilt(root: Path) -> Folders:
    return _good(root)


def _an_empty_folder(root: Path) -> Folders:
    (root / "spec").mkdir()
    (root / "properties").mkdir()
    return Folders(root / "spec", root / "properties")


def _no_claims(root: Path) -> Folders:
    return Folders(_good(root).spec, None)


def _an_empty_folder_of_claims(root: Path) -> Folders:
    found = _good(root)
    (root / "none").mkdir()
    return Folders(found.spec, root / "none")


def _a_missing_folder(root: Path) -> Folders:
    return Folders(root / "nowhere", root / "nowhere else")


def _a_missing_folder_of_claims(root: Path) -> Folders:
    return Folders(_good(root).spec, root / "nowhere")


def _a_file_for_a_folder(root: Path) -> Folders:
    (root / "spec").write_text("# A file\n", encoding="utf-8")
    return Folders(root / "spec", root / "spec")


def _folders_of_nothing_but_text(root: Path) -> Folders:
    found = _an_empty_folder(root)
    (root / "spec" / "a.txt").write_text("sort X", encoding="utf-8")
    return found


def _a_folder_for_a_file(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "a.md").mkdir()
    return found


def _an_unreadable_file(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "permits.md").chmod(0)
    return found


def _an_unreadable_folder(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "closed").mkdir(mode=0)
    return found


def _a_link_to_itself(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "a.md").symlink_to("a.md")
    return found


def _a_link_to_nothing(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "a.md").symlink_to("nowhere.md")
    return found


def _a_link_to_the_folder_around(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "around").symlink_to(".", target_is_directory=True)
    (found.spec / "up.md").symlink_to("..", target_is_directory=True)
    return found


def _folders_linked_in_a_circle(root: Path) -> Folders:
    (root / "spec").symlink_to(root / "properties", target_is_directory=True)
    (root / "properties").symlink_to(root / "spec", target_is_directory=True)
    return Folders(root / "spec", root / "properties")


def _a_link_to_all_zeros(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "a.md").symlink_to("/dev/zero")
    return found


def _a_pipe(root: Path) -> Folders:
    found = _good(root)
    os.mkfifo(found.spec / "a.md")
    return found


def _a_pipe_for_a_folder(root: Path) -> Folders:
    os.mkfifo(root / "spec")
    return Folders(root / "spec", root / "spec")


def _a_socket(root: Path) -> Folders:
    found = _good(root)
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(found.spec)
        made.bind("a.md")
        os.chdir(here)
    return found


def _a_device_for_a_folder(_root: Path) -> Folders:
    return Folders(Path("/dev/null"), Path("/dev/null"))


def _thousands_of_empty_files(root: Path) -> Folders:
    found = _good(root)
    for number in range(3_000):
        (found.spec / f"{number}.md").touch()
    return found


def _thousands_of_small_files(root: Path) -> Folders:
    found = _good(root)
    for number in range(3_000):
        (found.spec / f"{number}.md").write_text(
            f"# H\n\n```redline\nsort S{number}\n```\n", encoding="utf-8"
        )
    return found


def _thousands_of_bad_files(root: Path) -> Folders:
    found = _good(root)
    for number in range(3_000):
        (found.spec / f"{number}.md").write_text("```redline\nsort sort sort\n", encoding="utf-8")
    return found


def _many_large_files(root: Path) -> Folders:
    found = _good(root)
    for number in range(60):
        (found.spec / f"{number}.md").write_text("some words in a line\n" * 49_000, encoding="utf-8")
    return found


def _hundreds_of_folders_in_each_other(root: Path) -> Folders:
    found = _good(root)
    here = os.open(found.spec, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("deeper-and-deeper", dir_fd=here)
        inner = os.open("deeper-and-deeper", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("a.md", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    return found


def _a_name_that_is_not_text(root: Path) -> Folders:
    found = _good(root)
    (found.spec / "permits.md").rename(found.spec / os.fsdecode(b"per\xffmits.md"))
    return found


def _a_bad_file_whose_name_is_not_text(root: Path) -> Folders:
    found = _good(root)
    (found.spec / os.fsdecode(b"a\xff\x1b[31m\n.md")).write_text(
        "```redline\nsort sort\n```\n", encoding="utf-8"
    )
    return found


def _a_folder_whose_name_is_not_text(root: Path) -> Folders:
    found = _good(root)
    odd = found.spec.rename(root / os.fsdecode(b"sp\xff\x1b[31m\nec"))
    return Folders(odd, found.properties)


def _a_name_of_255_characters(root: Path) -> Folders:
    found = _good(root)
    (found.spec / f"{'x' * 252}.md").write_text("```redline\nsort sort\n```\n", encoding="utf-8")
    return found


def _claims_that_are_the_law(root: Path) -> Folders:
    return Folders(_good(root).spec, _good(root).spec)


def _the_folder_around_both(root: Path) -> Folders:
    found = _good(root)
    return Folders(root, found.properties)


def _files_that_differ_in_case(root: Path) -> Folders:
    found = _good(root)
    for name in ("A.md", "a.md", "a.MD"):
        (found.spec / name).write_text("```redline\nsort X\n```\n", encoding="utf-8")
    return found


_MAKERS: tuple[Callable[[Path], Folders], ...] = (
    *(_unspoilt, _an_empty_folder, _no_claims, _an_empty_folder_of_claims, _a_missing_folder),
    *(_a_missing_folder_of_claims, _a_file_for_a_folder, _folders_of_nothing_but_text, _a_folder_for_a_file),
    *(_an_unreadable_file, _an_unreadable_folder, _a_link_to_itself, _a_link_to_nothing),
    *(_a_link_to_the_folder_around, _folders_linked_in_a_circle, _a_link_to_all_zeros, _a_pipe),
    *(_a_pipe_for_a_folder, _a_socket, _a_device_for_a_folder, _thousands_of_empty_files),
    *(_thousands_of_small_files, _thousands_of_bad_files, _many_large_files),
    *(_hundreds_of_folders_in_each_other, _a_name_that_is_not_text, _a_bad_file_whose_name_is_not_text),
    *(_a_folder_whose_name_is_not_text, _a_name_of_255_characters, _claims_that_are_the_law),
    *(_the_folder_around_both, _files_that_differ_in_case),
)
