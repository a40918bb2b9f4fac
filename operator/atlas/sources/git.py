"""Which files a branch adds, edits and removes, as git tells it. Only names are read, nothing is checked out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class ChangedFiles:
    """Names of files that are in HEAD alone, in both with other content, and in the base alone."""

    added: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


def changed_files(folder: Path, base: str, directory: Path) -> ChangedFiles:
    """What differs in ``directory`` between ``base`` and HEAD. A file under another name is one removed and one added.

    Args:
        folder: Anywhere in the work tree.
        base: A branch, tag or commit.
        directory: Relative to ``folder`` or absolute.

    Raises:
        SpecError: git is missing, this is no work tree, or there is no such base.
    """
    import subprocess

    if base.startswith("-"):
        raise SpecError(f'git base "{base}" cannot be a branch: expected the name of one, as master')
    command = ["git", "-C", str(folder), "--no-pager", "diff", "--name-status", "--no-renames", "-z"]
    try:
        done = subprocess.run(  # noqa: S603 - words of ours, a revision and a path
            [*command, base, "HEAD", "--", str(directory)],
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SpecError(f"git diff did not run: {error}; use --latest to say which files are new") from error
    if done.returncode:
        words = done.stderr.strip().splitlines()
        if any("not a git repository" in line.lower() for line in words):
            raise SpecError(
                f"{folder} is in no git repository: expected --git-dir to be a folder of one; or --latest N says which "
                "files are new"
            )
        raise SpecError(
            f"git diff {base} HEAD: {words[0] if words else f'exit code {done.returncode}'}; expected --git-base to be "
            "a branch of the repository at --git-dir"
        )
    return _read(done.stdout.split("\0"))


def _read(words: list[str]) -> ChangedFiles:
    """The words of ``--name-status -z``: a letter, a name, and so on."""

    def named(letters: str) -> Iterator[str]:
        pairs = zip(words[::2], words[1::2], strict=False)
        return (PurePosixPath(name).name for letter, name in pairs if letter and letter in letters)

    return ChangedFiles(frozenset(named("A")), frozenset(named("MT")), frozenset(named("D")))
