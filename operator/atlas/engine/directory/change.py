"""Changing the files of a directory: moving them to the end, taking them out, giving them other content. Pure.

Versions are what databases remember. Whether one was applied somewhere is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.directory.checksum import compute_sum
from atlas.engine.directory.directory import Directory, directory_of
from atlas.engine.directory.migration_file import MigrationFile, new_file_name
from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError, UsageError
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryChange:
    """What is to become of some files.

    Attributes:
        renamed: Pairs of names, as they are and as they will be. None of the latter is there yet.
        removed: Names.
        written: Files with their new content, also such as are new.
        sum_text: ``atlas.sum`` as it must be afterwards.
    """

    renamed: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    written: tuple[MigrationFile, ...] = ()
    sum_text: str = ""


def with_change(directory: Directory, change: DirectoryChange) -> Directory:
    """The directory after a change, or after what is left of it: what was done already is passed over."""
    files = {file.name: file for file in directory.files}
    for current, following in change.renamed:
        if current in files:
            files[following] = replace(files.pop(current), name=following)
    for name in change.removed:
        files.pop(name, None)
    files.update((file.name, file) for file in change.written)
    return directory_of(files.values(), change.sum_text)


def chosen_files(directory: Directory, words: Iterable[str]) -> tuple[MigrationFile, ...]:
    """The files of these names or versions, in the order of the directory; a word may hold several of them.

    Raises:
        UsageError: A word names no file, or two files, or a file that another word has named.
    """
    chosen: list[str] = []
    for word in _parted(directory, words):
        name = _named(directory, word)
        if name in chosen:
            raise UsageError(f"{quote(name)} is named twice")
        chosen.append(name)
    return tuple(file for file in directory.files if file.name in chosen)


def _parted(directory: Directory, words: Iterable[str]) -> list[str]:
    """Older clients send all names as one word."""
    names = {file.name for file in directory.files} | {file.version for file in directory.files}
    return [part for word in words for part in ([word] if word in names else word.split() or [word])]


def _named(directory: Directory, word: str) -> str:
    found = [file.name for file in directory.files if word in (file.name, file.version)]
    exact = [name for name in found if name == word]
    match exact or found:
        case [name]:
            return name
        case []:
            near = ", ".join(quote(name) for name in _nearest(directory, word))
            hint = f"; some of its files are {near}" if near else ": it has no files"
            raise UsageError(f"no file of the directory has the name or the version {quote(word)}{hint}")
        case several:
            names = ", ".join(map(quote, several))
            raise UsageError(f"version {quote(word)} is that of {names}: name one of them")


def _nearest(directory: Directory, word: str) -> list[str]:
    from difflib import get_close_matches

    names = [file.name for file in directory.files]
    return get_close_matches(word, names, n=_NEAREST) or names[-_NEAREST:]


def moved_to_end(
    directory: Directory, files: Iterable[MigrationFile], following: Callable[[Directory, str], str]
) -> DirectoryChange:
    """Give files versions behind all others, in the order that they have now.

    Args:
        directory: The whole directory.
        files: Of it.
        following: A version behind all of a directory, for a description.

    Raises:
        DirectoryError: A checkpoint: behind other files it would stand for what they do, and does not have it.
    """
    renamed: list[tuple[str, str]] = []
    grown = directory
    for file in files:
        if file.is_checkpoint:
            raise DirectoryError(
                f"{quote(file.name)} is a checkpoint, which stands for the files before it: remove it and make a new "
                "one with 'atlas migrate checkpoint'"
            )
        name = new_file_name(following(grown, file.description), file.description)
        renamed.append((file.name, name))
        grown = directory_of((*grown.files, replace(file, name=name)))
    return _sealed(directory, DirectoryChange(renamed=tuple(renamed)))


def without_files(directory: Directory, files: Iterable[MigrationFile]) -> DirectoryChange:
    """Take files out."""
    return _sealed(directory, DirectoryChange(removed=tuple(file.name for file in files)))


def with_content(directory: Directory, file: MigrationFile) -> DirectoryChange:
    """Give a file of the directory other content, or add a file to it."""
    return _sealed(directory, DirectoryChange(written=(file,)))


def _sealed(directory: Directory, change: DirectoryChange) -> DirectoryChange:
    return replace(change, sum_text=compute_sum(with_change(directory, change)).text)
