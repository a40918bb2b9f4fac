"""Foreign keys and checks as clauses of CREATE and ALTER TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema.table import Check, ForeignKey


def foreign_key_clause(key: ForeignKey, writer: Writer) -> str:
    """``CONSTRAINT `fk` FOREIGN KEY (`p`) REFERENCES `t` (`id`) ON UPDATE … ON DELETE …``."""
    return (
        f"CONSTRAINT {writer.name(key.name)} FOREIGN KEY ({_names(key.columns, writer)})"
        f" REFERENCES {writer.qualified(key.ref_schema, key.ref_table)} ({_names(key.ref_columns, writer)})"
        f" ON UPDATE {key.on_update} ON DELETE {key.on_delete}"
    )


def check_clause(check: Check, writer: Writer) -> str:
    """``CONSTRAINT `ck` CHECK (…)``."""
    enforced = "" if check.enforced else " NOT ENFORCED"
    name = f"CONSTRAINT {writer.name(check.name)} " if check.name else ""
    return f"{name}CHECK ({writer.sql(check.expr)}){enforced}"


def drop_check_clause(check: Check, writer: Writer) -> str:
    """MariaDB knows no DROP CHECK, MySQL no DROP CONSTRAINT before 8.0.19."""
    word = "CONSTRAINT" if writer.is_mariadb else "CHECK"
    return f"DROP {word} {writer.name(check.name)}"


def _names(names: Iterable[str], writer: Writer) -> str:
    return ", ".join(map(writer.name, names))
