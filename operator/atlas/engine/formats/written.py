"""New files as a tool has them: up and down in two files, or in two sections of one; what cannot be said is refused."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from atlas.engine.formats.draft import is_one
from atlas.engine.formats.folder import ToolFolder
from atlas.engine.formats.read import read_folder
from atlas.errors import Unsupported
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.plan import PlannedStatement

_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class ToolFile:
    """A file of a tool, by its name."""

    name: str
    content: bytes


def tool_files(
    tool: str, statements: Sequence[PlannedStatement], version: str, name: str = "", indent: str = ""
) -> tuple[ToolFile, ...]:
    """The files of a plan, the one that runs first; no statements make files to be written by hand.

    Raises:
        Unsupported: The tool has no words for a transaction that must not be.
    """
    title = f"_{name}" if name else ""
    down = "".join(_down(tool, statements, indent))
    match tool:
        case "golang-migrate":
            up = "".join(_up(tool, statements, indent))
            texts = {f"{version}{title}.up.sql": up, f"{version}{title}.down.sql": down}
        case "flyway":
            up = "".join(_up(tool, statements, indent))
            title = f"__{name}" if name else ""
            texts = {f"V{version}{title}.sql": up, f"U{version}{title}.sql": down}
        case "liquibase":
            changesets = "".join(_changesets(statements, version, indent))
            texts = {f"{version}{title}.sql": f"--liquibase formatted sql{changesets or chr(10)}"}
        case _:
            texts = {f"{version}{title}.sql": _sections(tool, statements, indent, down)}
    files = tuple(ToolFile(each, text.encode()) for each, text in texts.items())
    if statements:
        _check_transaction(tool, files, statements)
    return files


def _sections(tool: str, statements: Sequence[PlannedStatement], indent: str, down: str) -> str:
    up = "".join(_up(tool, statements, indent))
    is_alone = not all(statement.in_transaction for statement in statements)
    if tool == "goose":
        head = "-- +goose NO TRANSACTION\n" if is_alone else ""
        return f"{head}-- +goose Up\n{up}\n-- +goose Down\n{down}"
    option = " transaction:false" if is_alone else ""
    return f"-- migrate:up{option}\n{up}\n-- migrate:down{option}\n{down}"


def _up(tool: str, statements: Sequence[PlannedStatement], indent: str) -> Iterator[str]:
    for statement in statements:
        if statement.comment:
            yield f"-- {statement.comment}\n"
        yield _statement(tool, statement.text(indent))


def _down(tool: str, statements: Sequence[PlannedStatement], indent: str) -> Iterator[str]:
    for statement in reversed(statements):
        if statement.reverse and statement.comment:
            yield f"-- reverse: {statement.comment}\n"
        yield from (_statement(tool, sql.text(indent)) for sql in statement.reverse)


def _statement(tool: str, text: str) -> str:
    if tool == "goose" and (not is_one(f"{text};") or any(line.endswith(";") for line in text.split("\n"))):
        return f"-- +goose StatementBegin\n{text};\n-- +goose StatementEnd\n"
    return f"{text};\n"


def _changesets(statements: Sequence[PlannedStatement], version: str, indent: str) -> Iterator[str]:
    for number, statement in enumerate(statements, 1):
        text = statement.text(indent)
        options = ("" if is_one(f"{text};") and ";" not in text else " splitStatements:false") + (
            "" if statement.in_transaction else " runInTransaction:false"
        )
        comment = f"--comment: {statement.comment}" if statement.comment else ""
        back = "".join(f"--rollback: {sql.text()};\n" for sql in statement.reverse)
        yield f"\n--changeset atlas:{version}-{number}{options}\n{comment}\n{text};\n{back}"


def _check_transaction(tool: str, files: Sequence[ToolFile], statements: Sequence[PlannedStatement]) -> None:
    """Read the files back: where a statement runs outside of transactions, the tool must know it."""
    if all(statement.in_transaction for statement in statements):
        return
    read = read_folder(tool, ToolFolder({file.name: file.content for file in files}))
    modes = list(chain.from_iterable(file.directives("txmode") for file in read.files))
    if _NONE not in modes:
        alone = next(statement for statement in statements if not statement.in_transaction)
        raise Unsupported(
            f"{alone.comment}: no transaction can hold it, and {tool} knows this only of a file of one statement: "
            "plan it alone, or write atlas files"
        )
