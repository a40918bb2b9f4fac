"""Which files a branch adds, as git tells it. Only names are read, nothing is checked out."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from atlas.errors import SpecError

_TIMEOUT_S = 60


def added_files(folder: Path, base: str, directory: Path) -> frozenset[str]:
    """Names of the files of ``directory`` that are committed here and not in ``base``.

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
    command = ["git", "-C", str(folder), "--no-pager", "diff", "--name-only", "--diff-filter=A", "-z"]
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
        raise SpecError(
            f"git diff {base} HEAD: {words[0] if words else f'exit code {done.returncode}'}; expected --git-base to be "
            "a branch of the repository at --git-dir"
        )
    return frozenset(PurePosixPath(name).name for name in done.stdout.split("\0") if name)
