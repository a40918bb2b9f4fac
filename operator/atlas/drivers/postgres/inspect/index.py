"""Indexes and the parts that they share with keys and exclusion constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.option import storage_options
from atlas.drivers.postgres.inspect.text import NAME_BYTES, bare, default_name
from atlas.schema.table import Index, IndexPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row

_DESC, _NULLS_FIRST = 1, 2


def index_of(found: Found, row: Row) -> Index:
    """An index that is no constraint."""
    attached = row["attached_to"]
    return Index(
        name=row["name"],
        parts=index_parts(found, row),
        unique=row["unique"],
        method="" if row["method"] == "btree" else row["method"],
        include=included(found, row),
        where=bare(row["predicate"]),
        nulls_distinct=not row["nulls_not_distinct"],
        attached_to=".".join(attached) if attached else "",
        valid=row["valid"],
        comment=row["comment"] or "",
        options=storage_options(row),
    )


def index_parts(found: Found, row: Row, operators: Sequence[str] = ()) -> tuple[IndexPart, ...]:
    """The key parts of an index, without those that are only included."""
    names = found.column_names(row["relation"])
    keys = row["parts"][: row["keys"]]
    return tuple(
        index_part(names, key, operators[place] if operators else "") for place, key in enumerate(keys)
    )


def included(found: Found, row: Row) -> tuple[str, ...]:
    """The columns behind INCLUDE."""
    rest = row["parts"][row["keys"] :]
    if not rest:
        return ()
    names = found.column_names(row["relation"])
    return tuple(names[key["number"]] for key in rest)


def index_part(names: dict[int, str], key: Row, operator: str) -> IndexPart:
    """One part; the server prints an expression in parentheses unless it is a call."""
    desc, nulls_first = bool(key["options"] & _DESC), bool(key["options"] & _NULLS_FIRST)
    nulls = ("first" if nulls_first else "last") if nulls_first != desc else ""
    return IndexPart(
        column=names[key["number"]] if key["number"] else "",
        expr=bare(key["expr"]),
        desc=desc,
        nulls=nulls,
        opclass=_opclass(key),
        collation=key["collation"] or "",
        operator=operator,
    )


def _opclass(key: Row) -> str:
    name: str = key["opclass"] or ""
    if not key["opclass_options"]:
        return name
    settings = (text.partition("=") for text in key["opclass_options"])
    return f"{name} ({', '.join(f'{word}={value}' for word, _, value in settings)})"


def follows_parent(found: Found, relation: str, row: Row) -> bool:
    """The server made this index of a partition, and named it, when it made that of the parent; ``relation`` is the partition.

    Of an index that is not valid some parts are missing, so that the others have to be told.
    """
    if not row["attached_to"] or not row["is_part_of_valid"]:
        return False
    name: str = row["name"]
    made = default_name(relation, _name_of_parts(found, row), "idx")
    return name == made or (name.startswith(made) and name[len(made) :].isdigit())


def _name_of_parts(found: Found, row: Row) -> str:
    """What an index without a name is called after (``ChooseIndexNameAddition``, commands/indexcmds.c)."""
    names = found.column_names(row["relation"])
    columns = [key["name"] or names[key["number"]] for key in row["parts"]]
    text = ""
    for column in columns:
        text = f"{text}_{column}" if text else column
        if len(text.encode()) >= NAME_BYTES:
            break
    return text
