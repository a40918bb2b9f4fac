"""Options of tables as clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema.table import Table

SYSTEM_VERSIONING = "system_versioning"
_BARE = re.compile(r"[A-Za-z0-9_.]+")
_OF_ENGINE = frozenset(
    {"page_compressed", "page_compression_level", "encrypted", "encryption_key_id", "atomic_write"}
)
"""MariaDB hands these to the engine, whatever it is; they need a ``=``."""
_QUOTED = frozenset(
    {"compression", "encryption", "connection", "engine_attribute", "secondary_engine_attribute"}
)
_ZERO = ("avg_row_length", "checksum", "delay_key_write", "key_block_size", "max_rows", "min_rows")
_DEFAULTS = {**dict.fromkeys(_ZERO, "0"), "page_checksum": "1"}
"""What words have that know no DEFAULT."""


def option_clauses(table: Table, writer: Writer) -> Iterator[str]:
    """Everything behind the parenthesis of CREATE TABLE but partitions."""
    if table.charset:
        yield f"CHARSET {table.charset}"
    if table.collation:
        yield f"COLLATE {table.collation}"
    if table.auto_increment is not None:
        yield f"AUTO_INCREMENT {table.auto_increment}"
    if table.comment:
        yield f"COMMENT {writer.text(table.comment)}"
    if table.engine:
        yield f"ENGINE {table.engine}"
    yield from (_clause(word, value) for word, value in table.options)


def changed_option_clauses(
    current: Table, desired: Table, fields: frozenset[str], writer: Writer
) -> Iterator[str]:
    """The clauses of ALTER TABLE for options, without charsets: what they take with them is decided elsewhere."""
    if "auto_increment" in fields:
        yield f"AUTO_INCREMENT {desired.auto_increment}"
    if "comment" in fields:
        yield f"COMMENT {writer.text(desired.comment)}"
    if "engine" in fields:
        yield f"ENGINE {desired.engine or writer.default_engine}"
    if "options" in fields:
        before, after = dict(current.options), dict(desired.options)
        if not before.get(SYSTEM_VERSIONING):
            # Columns can be left out of the history only when there is one: it begins by a statement of its own.
            after.pop(SYSTEM_VERSIONING, None)
        yield from (_reset(word) for word in before if word not in after)
        yield from (_clause(word, value) for word, value in after.items() if before.get(word) != value)


def _clause(word: str, value: str) -> str:
    if word == SYSTEM_VERSIONING:
        return "WITH SYSTEM VERSIONING"
    shown = value if _BARE.fullmatch(value) and word not in _QUOTED else "'" + value.replace("'", "''") + "'"
    # NB: words of the engine are kept, and printed, as they are written.
    return f"{word}={shown}" if word in _OF_ENGINE else f"{word.upper()} {shown}"


def _reset(word: str) -> str:
    if word == SYSTEM_VERSIONING:
        return "DROP SYSTEM VERSIONING"
    if word in _OF_ENGINE:
        return f"{word}=DEFAULT"
    if word in _QUOTED:
        return f"{word.upper()} ''"
    return f"{word.upper()} {_DEFAULTS.get(word, 'DEFAULT')}"
