"""What Atlas says, in the words of the Go program's answers, so that a test compares two values."""

from __future__ import annotations

from base64 import b64decode
from decimal import Context
from pathlib import Path
from typing import Any
from unicodedata import normalize

from atlas.engine.directory import (
    Directory,
    MigrationFile,
    add_directive,
    compute_sum,
    hash_of,
    statement_hashes,
    validate,
)
from atlas.engine.history.pending import files_from_last_checkpoint
from atlas.engine.scan import ScanOptions, Statement, options_for, scan
from atlas.errors import ChecksumMismatch, DirectoryError, ParseError
from atlas.hcl.values import SetValue, is_number

DIRECTORIES = sorted(path for path in (Path(__file__).parent / "directories").iterdir() if path.is_dir())
"""What both sides read: migration directories of every kind."""
DIALECTS = ("default", "mysql", "postgres", "sqlite")
DIRECTIVES = ("checkpoint", "delimiter", "nolint", "sum", "txmode")
_DIGITS = Context(prec=150)


def text_of(encoded: str | None) -> str:
    """Return the text of bytes in a Go answer."""
    return b64decode(encoded or "").decode("utf-8", "surrogateescape")


def go_scanned(answer: dict[str, Any]) -> object:
    """Return one dialect's statements, or the error, in comparable form."""
    if answer["error"]:
        return answer["error"]
    return [
        {
            "position": found["position"],
            "text": text_of(found["text"]),
            "comments": tuple(map(text_of, found["comments"])),
            "nolint": tuple(map(text_of, found["nolint"])),
        }
        for found in answer["statements"] or ()
    ]


def our_scanned(text: str, options: ScanOptions) -> object:
    """Return what :func:`go_scanned` must equal."""
    try:
        statements = scan(text, options)
    except ParseError as error:
        return str(error)
    return [described_statement(statement) for statement in statements]


def described_statement(statement: Statement) -> dict[str, object]:
    return {
        "position": statement.position,
        "text": statement.text,
        "comments": statement.comments,
        "nolint": statement.directives("nolint"),
    }


def go_directory(answer: dict[str, Any]) -> dict[str, object]:
    """Return a Go answer about a directory in comparable form."""
    return {
        "sum": text_of(answer["sum"]),
        "validate": (answer["validate"], answer["detail"]),
        "from_last_checkpoint": answer["from_last_checkpoint"] or [],
        "files": [go_file(file) for file in answer["files"] or ()],
    }


def go_file(answer: dict[str, Any]) -> dict[str, object]:
    plain = {key: answer[key] for key in ("name", "version", "description", "checkpoint", "tag")}
    return plain | {
        "directives": {name: tuple(map(text_of, answer["directives"][name] or ())) for name in DIRECTIVES},
        "marked": text_of(answer["marked"]),
        "scanned": {dialect: go_scanned(answer["scanned"][dialect]) for dialect in DIALECTS},
        "hashes": {dialect: answer["hashes"][dialect] or [] for dialect in DIALECTS},
    }


def our_directory(directory: Directory) -> dict[str, object]:
    """Return what :func:`go_directory` must equal."""
    return {
        "sum": compute_sum(directory).text,
        "validate": our_validation(directory),
        "from_last_checkpoint": [file.name for file in files_from_last_checkpoint(directory.files)],
        "files": [our_file(directory, file) for file in directory.files],
    }


def our_validation(directory: Directory) -> tuple[str, str]:
    try:
        validate(directory)
    except ChecksumMismatch as error:
        return str(error), error.detail
    return "", ""


def our_file(directory: Directory, file: MigrationFile) -> dict[str, object]:
    return {
        "name": file.name,
        "version": file.version,
        "description": file.description,
        "checkpoint": file.is_checkpoint,
        "tag": file.checkpoint_tag,
        "directives": {name: file.directives(name) for name in DIRECTIVES},
        "marked": add_directive(file, "checkpoint", "v1").text,
        "scanned": {dialect: our_scanned(file.text, options_for(dialect)) for dialect in DIALECTS},
        "hashes": {dialect: our_hashes(directory, file, dialect) for dialect in DIALECTS},
    }


def our_hashes(directory: Directory, file: MigrationFile, dialect: str) -> list[str]:
    """Return the partial hashes that a revisions table would hold; none for a file that cannot be executed."""
    try:
        hash_of(compute_sum(directory), file.name)
        statements = file.statements(options_for(dialect))
    except (ParseError, DirectoryError):
        return []
    return [f"h1:{value}" for value in statement_hashes(statements)]


def comparable(value: object, *, like: object = None) -> object:
    """A value whose numbers have 150 digits and whose sets have an order."""
    if is_number(value) or isinstance(value, float):
        return _DIGITS.create_decimal(value).normalize(_DIGITS)
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, dict):
        other = like if isinstance(like, dict) else {}
        return {name: comparable(each, like=other.get(name)) for name, each in value.items()}
    if isinstance(value, list):
        items = [comparable(each) for each in value]
        is_set = isinstance(value, SetValue) or isinstance(like, SetValue)
        composite = is_set and any(isinstance(each, list | dict) for each in items)
        return sorted(items, key=repr) if composite else items
    return value
