"""A table made anew beside itself: created, filled, put in its place.

The order is that of https://sqlite.org/lang_altertable.html, section 7. Triggers and views that name the table are
gone by then, and its foreign keys are not enforced: ``plan`` sees to both. Others' foreign keys name the table, which
has its name again at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.ddl.hazard import of_copy, of_lost_columns
from atlas.drivers.sqlite.ddl.index import create_index_text
from atlas.drivers.sqlite.ddl.table import create_table, default_text, has_default, rowid_alias
from atlas.drivers.sqlite.text.names import folded, quoted, text_literal
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.schema.options import option

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from atlas.drivers.sqlite.ddl.decide import Difference
    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.schema.table import Column, Index, Table

_ROWIDS = ("rowid", "oid", "_rowid_")


def rebuild(
    pair: Pair, different: Difference, temporary: str, dropped: Collection[Index] = ()
) -> tuple[PlannedStatement, ...]:
    """The statements, without indexes, triggers and views.

    Args:
        pair: The table.
        different: What becomes otherwise.
        temporary: A free name.
        dropped: Indexes that were dropped before, by statements of their own.
    """
    before, after = pair.before, pair.after
    lost = of_lost_columns(after, different)
    copy, *others = _copied(before, after, temporary), *_sequence(before, after, temporary)
    name = after.name
    statements = [
        PlannedStatement(
            sql=create_table(after, temporary), comment=f'create "{temporary}" table', changes=pair.changes
        ),
        *(
            PlannedStatement(sql=sql, comment=f'set sequence for "{name}" table', changes=pair.changes)
            for sql in others
        ),
        PlannedStatement(
            sql=copy,
            comment=f'copy rows from old table "{name}" to new temporary table "{temporary}"',
            changes=pair.changes,
            hazards=of_copy(pair, different),
        ),
        PlannedStatement(
            sql=_drop(name),
            comment=f'drop "{name}" table after copying rows',
            changes=pair.changes,
            hazards=lost,
        ),
        PlannedStatement(
            sql=_rename(temporary, name),
            comment=f'rename temporary table "{temporary}" to "{name}"',
            changes=pair.changes,
            reverse=() if lost else _back(pair, temporary, dropped),
        ),
    ]
    return tuple(statements)


def _back(pair: Pair, temporary: str, dropped: Collection[Index]) -> tuple[SqlText, ...]:
    """The rebuild the other way round, with the indexes that it took along."""
    current, table = pair.after, pair.before
    return (
        create_table(table, temporary),
        *_sequence(current, table, temporary),
        _copied(current, table, temporary),
        _drop(current.name),
        _rename(temporary, table.name),
        *(create_index_text(table.name, index) for index in table.indexes if index not in dropped),
    )


def _drop(name: str) -> SqlText:
    return SqlText(f"DROP TABLE {quoted(name)}")


def _rename(current: str, name: str) -> SqlText:
    return SqlText(f"ALTER TABLE {quoted(current)} RENAME TO {quoted(name)}")


def _sequence(before: Table, after: Table, temporary: str) -> Iterator[SqlText]:
    """AUTOINCREMENT gives no number twice: the new table starts where the old one stood, before rows are copied."""
    if any(column.auto_increment for column in before.columns) and any(
        column.auto_increment for column in after.columns
    ):
        yield SqlText(
            f"INSERT INTO sqlite_sequence (name, seq) SELECT {text_literal(temporary)}, seq "
            f"FROM sqlite_sequence WHERE name = {text_literal(before.name)}"
        )


def _copied(before: Table, after: Table, temporary: str) -> SqlText:
    """OR ABORT where a constraint would leave out rows that break it, in silence."""
    pairs = [*_rowid(before, after), *_columns(before, after)]
    targets = ", ".join(target for target, _ in pairs)
    sources = ", ".join(source for _, source in pairs)
    settings = [*(unique.options for unique in after.uniques), *(column.options for column in after.columns)]
    settings += [after.primary_key.options] if after.primary_key else []
    action = " OR ABORT" if any(option(each, "on_conflict") for each in settings) else ""
    return SqlText(
        f"INSERT{action} INTO {quoted(temporary)} ({targets}) SELECT {sources} FROM {quoted(before.name)}"
    )


def _columns(before: Table, after: Table) -> Iterator[tuple[str, str]]:
    known = {column.name: column for column in before.columns}
    for column in after.columns:
        source = known.get(column.name)
        if source is not None and column.generated is None:
            yield quoted(column.name), _value(source, column)


def _value(source: Column, column: Column) -> str:
    name = quoted(column.name)
    if source.null and not column.null and column.default is not None and has_default(column):
        return f"IFNULL({name}, {default_text(column.default)}) AS {name}"
    return name


def _rowid(before: Table, after: Table) -> Iterator[tuple[str, str]]:
    """Rows keep their rowid, which a column that is copied may be already."""
    if before.without_rowid or after.without_rowid:
        return
    alias = folded(rowid_alias(after))
    if alias and any(folded(column.name) == alias for column in before.columns):
        return
    names = {folded(column.name) for column in (*before.columns, *after.columns)}
    free = next((name for name in _ROWIDS if name not in names), None)
    if free is not None:
        yield quoted(free), quoted(free)
