"""CREATE, ALTER and DROP DATABASE."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl import hazard
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.errors import Unsupported
from atlas.schema import Add, Drop, Modify, Schema
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema import Change, Realm

_CHARSETS = frozenset({"charset", "collation"})


def drop_schemas(changes: Iterable[Change], current: Realm, writer: Writer) -> Iterator[PlannedStatement]:
    """One statement a schema, that takes all that is in it; each table of it is named as a hazard.

    Raises:
        Unsupported: Something in it is hidden by a pattern, or is not modelled.
    """
    drops = [change for change in changes if isinstance(change, Drop)]
    for change in drops:
        if not isinstance(change.current, Schema):
            continue
        name = change.key.name
        _refuse_hidden(name, current)
        inside = tuple(each for each in drops if each.key.schema == name and not each.key.kind.is_child)
        yield PlannedStatement(
            sql=SqlText(f"DROP DATABASE {writer.name(name)}"),
            comment=f'drop schema named "{name}"',
            changes=(change, *inside),
            hazards=tuple(
                hazard.deletes(each.key, f"The rows of {each.key.name} are gone.")
                for each in inside
                if isinstance(each.current, Table)
            ),
        )


def make_schemas(changes: Iterable[Change], writer: Writer) -> Iterator[PlannedStatement]:
    """New schemas, and those that get another default for their tables."""
    for change in changes:
        match change:
            case Add(desired=Schema() as schema):
                comment = f" COMMENT {writer.text(schema.comment)}" if schema.comment else ""
                yield PlannedStatement(
                    sql=SqlText(f"CREATE DATABASE {writer.name(schema.name)}{_charset(schema)}{comment}"),
                    comment=f'add new schema named "{schema.name}"',
                    changes=(change,),
                    reverse=(SqlText(f"DROP DATABASE {writer.name(schema.name)}"),),
                )
            case Modify(current=Schema() as before, desired=Schema() as schema):
                yield _modified(change, before, schema, writer)
            case _:
                pass


def _modified(change: Modify, before: Schema, schema: Schema, writer: Writer) -> PlannedStatement:
    # Without a name it is the schema that the session is in.
    name = "" if schema.name == writer.bound else f" {writer.name(schema.name)}"

    def altered(state: Schema) -> SqlText:
        said = state if change.fields & _CHARSETS else replace(state, charset="", collation="")
        comment = f" COMMENT {writer.text(state.comment)}" if "comment" in change.fields else ""
        # NB: behind nothing, CHARSET would be the name of a schema.
        return SqlText(
            f"ALTER DATABASE{name}{_charset(said).replace(' CHARSET ', ' CHARACTER SET ', 1)}{comment}"
        )

    can_undo = bool(before.charset) or change.fields == {"comment"}
    return PlannedStatement(
        sql=altered(schema),
        comment=f'modify "{schema.name}" schema',
        changes=(change,),
        reverse=(altered(before),) if can_undo else (),
    )


def _charset(schema: Schema) -> str:
    words = [f" CHARSET {schema.charset}"] if schema.charset else []
    words += [f" COLLATE {schema.collation}"] if schema.collation else []
    return "".join(words)


def _refuse_hidden(schema: str, current: Realm) -> None:
    hidden = sorted(key for key in current.excluded if key.schema == schema)
    if hidden:
        raise Unsupported(
            f'schema "{schema}" cannot be dropped: {hidden[0]} is in it, which a pattern leaves out; take the pattern '
            "away, or keep the schema"
        )
    for found in current.unmodelled:
        if found.kind != "grant" and found.name.partition(".")[0] == schema:
            raise Unsupported(
                f'schema "{schema}" cannot be dropped: it holds {found.kind} {found.name}, which this version does not '
                "plan; drop that by hand first"
            )
