"""Which test files a command runs: those of its arguments, else those of atlas.hcl."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unsupported, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIX = ".test.hcl"


def read_test_files(words: Sequence[str], kind: str) -> list[tuple[str, str]]:
    """Names and texts of test files, each once; a folder stands for the test files in it.

    Raises:
        UsageError: There are none.
        SpecError: A path that is not there, or a file that cannot be read.
    """
    paths = list(dict.fromkeys(path for word in words for path in _paths_of(word)))
    if not paths:
        where = f" in {', '.join(words)}" if words else ""
        raise UsageError(
            f"no test files found{where}: give paths of files that end in {SUFFIX} or of folders that hold some, or "
            f"write test {{ {kind} {{ src = […] }} }} into the env of atlas.hcl and give --env"
        )
    return [(str(path), _text_of(path)) for path in paths]


def _paths_of(word: str) -> Iterator[Path]:
    scheme, sign, rest = word.partition("://")
    if sign and scheme != "file":
        raise Unsupported(f"test files at {scheme}:// are not supported by this version: expected a path")
    path = Path(rest if sign else word)
    if path.is_dir():
        yield from sorted(path.glob(f"*{SUFFIX}"))
        return
    if not path.name.endswith(SUFFIX):
        raise UsageError(f'"{path}" is no test file: expected a name that ends in {SUFFIX}, or a folder')
    yield path


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SpecError(f'test file "{path}" is not UTF-8: save it as UTF-8') from error
    except OSError as error:
        raise SpecError(f'test file "{path}": {error.strerror}: check the path') from error
