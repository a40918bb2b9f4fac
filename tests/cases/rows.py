"""Rows in the tables of a case, and whether the plan kept them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.order import Cycle, topological
from atlas.schema import Key, Kind, Modify, Rename

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atlas.schema import Change, Realm
    from atlas.schema.table import Column, Table

    from tests.cases.case import Case
    from tests.cases.servers import Ground

Snapshot = dict[tuple[str, str], list[dict[str, object]]]
"""By schema and table: rows as a mapping of column to text."""

_VALUES: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("bool",), ("true", "false")),
    (("uuid",), ("'00000000-0000-4000-8000-000000000001'", "'00000000-0000-4000-8000-000000000002'")),
    (("jsonb", "json"), ("'{\"a\": 1}'", "'{\"a\": 2}'")),
    (("int4range", "int8range", "numrange"), ("'[1,2)'", "'[3,4)'")),
    (("daterange",), ("'[2020-01-01,2020-02-01)'", "'[2021-01-01,2021-02-01)'")),
    (("tsrange", "tstzrange"), ("'[2020-01-01,2020-02-01)'", "'[2021-01-01,2021-02-01)'")),
    (("timestamp", "datetime"), ("'2020-01-01 00:00:00'", "'2021-01-01 00:00:00'")),
    (("date",), ("'2020-01-01'", "'2021-01-01'")),
    (("interval",), ("'1 day'", "'2 days'")),
    (("time",), ("'01:00:00'", "'02:00:00'")),
    (("year",), ("2020", "2021")),
    (("bytea",), (r"'\x01'", r"'\x02'")),
    (("point",), ("'(1,1)'", "'(2,2)'")),
    (("inet", "cidr"), ("'10.0.0.1'", "'10.0.0.2'")),
    (("tsvector",), ("'a'", "'b'")),
    (("bit",), ("b'1'", "b'0'")),
    (
        (
            "int",
            "bigint",
            "smallint",
            "tinyint",
            "mediumint",
            "serial",
            "numeric",
            "decimal",
            "real",
            "double",
            "float",
            "money",
        ),
        ("1", "2"),
    ),
)
_TEXT = ("'1'", "'2'")


def fill(ground: Ground, url: str, realm: Realm, case: Case) -> None:
    """Two rows in each table of the current state: those of the case, or ones that fit the types."""
    if case.rows is not None:
        ground.script(url, case.rows)
        return
    tables = [table for table in _parents_first(realm) if table.partition_of is None]
    script = "\n".join(_insert(table, which, realm, bound=case.bound) for table in tables for which in (0, 1))
    if script:
        ground.script(url, script)


def snapshot(ground: Ground, url: str, realm: Realm, bound: str) -> Snapshot:
    """Every row of every table, values as the client gives them; generated columns are left out.

    Of a child of another table the rows are its own: it may leave its parent.
    """
    found: Snapshot = {}
    is_postgres = realm.dialect == "postgres"
    for table in realm.tables:
        names = [column.name for column in table.columns if column.generated is None]
        if not names or (is_postgres and table.partition_by is not None):
            continue
        columns = ", ".join(_quoted(name, realm.dialect) for name in names)
        only = "ONLY " if is_postgres else ""
        rows = ground.rows(url, f"SELECT {columns} FROM {only}{_table_name(table, realm, bound)}")
        found[table.schema, table.name] = sorted(
            (dict(zip(names, map(repr, row), strict=True)) for row in rows), key=repr
        )
    return found


def lost(before: Snapshot, after: Snapshot, changes: Iterable[Change], current: Realm) -> list[str]:
    """What the plan lost: rows of kept tables, and values of kept columns that kept their type."""
    changes = tuple(changes)
    tables = {
        (change.current_key.schema, change.current_key.name): (change.key.schema, change.key.name)
        for change in changes
        if isinstance(change, Rename) and change.key.kind is Kind.TABLE
    }
    columns = {
        change.current_key: change.key.name
        for change in changes
        if isinstance(change, Rename) and change.key.kind is Kind.COLUMN
    }
    touched = {
        change.key
        for change in changes
        if isinstance(change, Modify)
        and change.key.kind is Kind.COLUMN
        and change.fields & {"type", "null", "charset"}
    }
    touched |= _of_changed_types(current, changes)
    complaints = []
    for table, rows in before.items():
        kept = tables.get(table, table)
        if kept not in after:
            continue
        if len(after[kept]) != len(rows):
            complaints.append(f"{table}: {len(rows)} rows before, {len(after[kept])} after")
        for name in rows[0] if rows else ():
            desired = columns.get(Key(Kind.COLUMN, *table, name), name)
            key = Key(Kind.COLUMN, *kept, desired)
            if key in touched or (after[kept] and desired not in after[kept][0]):
                continue
            values, values_after = (
                sorted(str(row[column]) for row in side)
                for side, column in ((rows, name), (after[kept], desired))
            )
            if values != values_after:
                complaints.append(f"{key}: {values} before, {values_after} after")
    return complaints


def _of_changed_types(current: Realm, changes: Iterable[Change]) -> set[Key]:
    """Columns whose values are written in another way because what their type is made of is another now."""
    types = {
        f"{change.key.schema}.{change.key.name}"
        for change in changes
        if isinstance(change, Modify) and change.key.kind in {Kind.COMPOSITE, Kind.DOMAIN}
    }
    return {
        Key(Kind.COLUMN, table.schema, table.name, column.name)
        for table in current.tables
        for column in table.columns
        if column.type in types
    }


def _parents_first(realm: Realm) -> Sequence[Table]:
    by_name = {(table.schema, table.name): table for table in realm.tables}
    needs = [
        ((table.schema, table.name), (key.ref_schema, key.ref_table))
        for table in realm.tables
        for key in table.foreign_keys
    ]
    try:
        return [by_name[name] for name in topological(tuple(by_name), needs)]
    except Cycle:
        return realm.tables


def _insert(table: Table, which: int, realm: Realm, *, bound: str) -> str:
    given = [column for column in table.columns if _is_given(column)]
    name = _table_name(table, realm, bound)
    if not given:
        return (
            f"INSERT INTO {name} () VALUES ();"
            if realm.dialect == "mariadb"
            else f"INSERT INTO {name} DEFAULT VALUES;"
        )
    columns = ", ".join(_quoted(column.name, realm.dialect) for column in given)
    values = ", ".join(_value(column, which, realm) for column in given)
    return f"INSERT INTO {name} ({columns}) VALUES ({values});"


def _is_given(column: Column) -> bool:
    if column.generated is not None or column.auto_increment or column.identity is not None:
        return False
    return "serial" not in column.type


def _value(column: Column, which: int, realm: Realm) -> str:
    kind = column.type.lower()
    if kind.startswith(("enum(", "set(")):
        return kind.partition("(")[2].split(",")[0].rstrip(")")
    array = kind.endswith("[]")
    plain = kind.removesuffix("[]")
    from atlas.schema.objects import Domain, Enum

    for found in realm.of(Enum):
        if plain.replace('"', "") in {f"{found.schema}.{found.name}".lower(), found.name.lower()}:
            text = found.values[which % len(found.values)].replace("'", "''")
            return f"'{{\"{text}\"}}'" if array else f"'{text}'"
    for domain in realm.of(Domain):
        if plain.replace('"', "") in {f"{domain.schema}.{domain.name}".lower(), domain.name.lower()}:
            plain = domain.type.lower()
    for words, values in _VALUES:
        if plain.startswith(words) or (realm.dialect == "sqlite" and any(word in plain for word in words)):
            value = values[which]
            return "'{" + value.strip("'") + "}'" if array else value
    return "'{a}'" if array else _TEXT[which]


def _table_name(table: Table, realm: Realm, bound: str) -> str:
    name = _quoted(table.name, realm.dialect)
    return name if bound and realm.dialect != "postgres" else f"{_quoted(table.schema, realm.dialect)}.{name}"


def _quoted(name: str, dialect: str) -> str:
    sign = "`" if dialect in {"mariadb", "mysql"} else '"'
    return sign + name.replace(sign, sign * 2) + sign
