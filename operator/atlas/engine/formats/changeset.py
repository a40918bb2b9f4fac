"""Lines of a formatted SQL changelog: changesets with their attributes, and what stands between them."""

from __future__ import annotations

import re
from typing import Final

from atlas.engine.formats.folder import malformed, refused
from atlas.record import dataclass

_HEADER: Final = re.compile(r"\s*--\s*liquibase formatted sql\b.*", re.IGNORECASE)
_CHANGESET: Final = re.compile(r"\s*--\s*changeset\b(?P<rest>.*)", re.IGNORECASE)
_ROLLBACK: Final = re.compile(r"\s*--\s*rollback\b", re.IGNORECASE)
_ID: Final = re.compile(r"\s*(?P<author>\"[^\"]+\"|[^:\"]+):\s*(?P<id>\"[^\"]+\"|\S+)(?P<attributes>.*)")
_ATTRIBUTE: Final = re.compile(r"\s*(?P<key>\w+):(?P<value>\"[^\"]*\"|\S*)")
_DECIDING: Final = re.compile(
    r"\s*--\s*(?P<what>preconditions?(?:-[\w-]+)?|property|includeAll|include|ignoreLines)\b", re.IGNORECASE
)
_PARAMETER: Final = re.compile(r"\$\{[^}\s]+\}")
_ESCAPED: Final = re.compile(r"\\(.)")
_PATTERN: Final = re.compile(r"\\[\da-zA-Z]|(?<!\\)[.*+?(){}\[\]|^$]")
SLASH: Final = "\x1e/"
"""What we write for ``endDelimiter:/``, which for Liquibase from 4.15 on is a line of its own, and no division."""
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}
_SILENT: Final = frozenset(
    {"stripcomments", "logicalfilepath", "rollbacksplitstatements", "rollbackenddelimiter", "created"}
)
_FIXED: Final = {"runonchange": "false", "runalways": "false", "failonerror": "true"}
_SWITCHES: Final = ("splitstatements", "runintransaction", "ignore")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changeset:
    """``line`` counts from 1; the text stands behind it."""

    id: str
    line: int
    is_whole: bool = False
    delimiter: str = ";"
    in_transaction: bool = True
    is_ignored: bool = False


def is_header(line: str) -> bool:
    """Whether the line makes a file one of changesets."""
    return bool(_HEADER.fullmatch(line.rstrip()))


def is_rollback(line: str) -> bool:
    """Whether the line is a part of the way back."""
    return bool(_ROLLBACK.match(line))


def is_sql(line: str) -> bool:
    """Whether the line is more than a comment of its own."""
    return bool(line.strip()) and not line.lstrip().startswith("--")


def changeset_at(name: str, number: int, line: str) -> Changeset | None:
    """The changeset that begins in this line.

    Raises:
        DirectoryError: it has no author and no id.
        Unsupported: an attribute that we cannot follow.
    """
    match = _CHANGESET.fullmatch(line.rstrip())
    if match is None:
        return None
    found = _ID.fullmatch(match["rest"])
    if found is None:
        raise malformed(name, number, "expected '--changeset author:id'")
    pairs = [(each["key"], each["value"].strip('"')) for each in _ATTRIBUTE.finditer(found["attributes"])]
    for key, value in pairs:
        _check_attribute(name, number, key, value)
    said = {key.lower(): value for key, value in pairs}
    return Changeset(
        id=f"{found['author'].strip().strip(chr(34))}:{found['id'].strip(chr(34))}",
        line=number,
        is_whole=said.get("splitstatements", "").lower() == "false",
        delimiter=_delimiter(name, number, said.get("enddelimiter") or ";"),
        in_transaction=said.get("runintransaction", "").lower() != "false",
        is_ignored=said.get("ignore", "").lower() == "true",
    )


def _delimiter(name: str, number: int, said: str) -> str:
    """The text of an ``endDelimiter``: more than one sign is a pattern for Liquibase, of which a text is one.

    Raises:
        Unsupported: it is more than a text.
    """
    if len(said) == 1:
        return SLASH if said == "/" else said
    if _PATTERN.search(re.sub(r"\\[nrt\\]", "", said)):
        raise refused(
            name,
            number,
            f'"endDelimiter:{said}", which Liquibase reads as a pattern,',
            r"write the delimiter as a text, as \nGO or //",
        )
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), said)


def check_line(name: str, number: int, line: str) -> None:
    """Raise Unsupported for what decides whether something runs, or what it is."""
    deciding = _DECIDING.match(line)
    if deciding:
        raise refused(
            name, number, f"--{deciding['what']}", "write what is to run into the files, without conditions"
        )
    parameter = _PARAMETER.search(line) if is_sql(line) else None
    if parameter:
        raise refused(name, number, f"the parameter {parameter[0]}", "write its value into the file")


def _check_attribute(name: str, number: int, key: str, value: str) -> None:
    word = key.lower()
    is_known = (
        word in _SILENT
        or (word in _SWITCHES and value.lower() in ("true", "false"))
        or (word == "enddelimiter" and bool(value))
        or _FIXED.get(word) == value.lower()
    )
    if not is_known:
        raise refused(
            name,
            number,
            f'"{key}:{value}" of a changeset',
            "a file runs once, everywhere; take the attribute out",
        )
