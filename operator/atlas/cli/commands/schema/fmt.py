"""``atlas schema fmt``: HCL files in the one form that everybody reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import ParseError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Arguments of the command."""
    parser.example("atlas schema fmt schema.hcl", "one file; without a name all of the folder")
    parser.add_argument(
        "path", nargs="*", default=["."], help="files, and folders whose *.hcl files are meant"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Rewrite what is not in form yet, and print the names of what was. A text that does not parse is left alone."""
    from atlas.hcl.format import format_text
    from atlas.sources.whole_file import write_whole

    for path in (file for word in arguments.path for file in _files(Path(word.removeprefix("file://")))):
        before = _text(path)
        after = format_text(before, str(path))
        if after != before:
            write_whole(path, after.encode())
            context.out(str(path))
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()  # as it is: the ends of its lines stay
    except UnicodeDecodeError as error:
        raise ParseError(f"{path}: byte {error.start} is no UTF-8: save the file as UTF-8") from error


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise UsageError(f"stat {path}: no such file or directory")
    if path.is_dir():
        yield from sorted(file for file in path.glob("*.hcl") if file.is_file())
    else:
        yield path
