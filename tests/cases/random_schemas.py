"""Random schemas and random changes of them, from a seed. The SQL is written here, by nothing of the engine.

Only changes are made that rows can survive, so that the proof of a pair may always fill the tables.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.cases.case import ROOT, SCHEMAS, Case

if TYPE_CHECKING:
    from collections.abc import Callable

TYPES: dict[str, tuple[tuple[str, ...], ...]] = {
    "postgres": (
        ("smallint", "integer", "bigint", "numeric(20,4)"),
        ("character varying(20)", "character varying(80)", "text"),
        ("numeric(8,2)", "numeric(12,2)", "numeric"),
        ("real", "double precision"),
        ("boolean",),
        ("date", "timestamp without time zone"),
        ("uuid", "text"),
        ("jsonb",),
        ("integer[]", "bigint[]"),
    ),
    "mariadb": (
        ("smallint", "int", "bigint", "decimal(20,4)"),
        ("varchar(20)", "varchar(80)", "text"),
        ("decimal(8,2)", "decimal(12,2)"),
        ("float", "double"),
        ("date", "datetime"),
        ("enum('1','2')", "enum('1','2','3')", "varchar(10)"),
    ),
    "sqlite": (
        ("integer", "bigint", "numeric"),
        ("varchar(20)", "varchar(80)", "text"),
        ("real", "double"),
        ("date", "datetime", "text"),
    ),
}
"""Types that widen from left to right without losing a value."""
DEFAULTS = {
    "int": "7",
    "numeric": "1.5",
    "decimal": "1.5",
    "character": "'it''s'",
    "varchar": "'it''s'",
    "boolean": "true",
}
NAMES = ("id", "name", "email", "total", "state", "created", "note", "owner", "weird name", "Order", "größe")


@dataclass(slots=True)
class RandomColumn:
    name: str
    ladder: int
    rung: int
    null: bool = True
    default: str = ""


@dataclass(slots=True)
class RandomTable:
    name: str
    columns: list[RandomColumn] = field(default_factory=list)
    unique: tuple[str, ...] = ()
    check: str = ""
    indexes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parent: str = ""
    comment: str = ""


@dataclass(slots=True)
class RandomSchema:
    driver: str
    tables: dict[str, RandomTable] = field(default_factory=dict)
    views: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def random_case(driver: str, seed: int) -> Case:
    """A pair of schemas as a case without an expected plan; the same for the same seed."""
    random = Random(f"{driver} {seed}")
    current = _schema(driver, random)
    desired = deepcopy(current)
    for _ in range(random.randint(1, 6)):
        random.choice(MUTATIONS)(desired, random)
    return Case(
        path=Path(ROOT, driver, "random", str(seed)),
        driver=driver,
        current=sql_of(current),
        desired=sql_of(desired),
        plan=None,
        hazards=(),
        changes=(),
        bound=SCHEMAS[driver],
    )


def sql_of(schema: RandomSchema) -> str:
    """The schema as a script."""
    quote = _quote(schema.driver)
    lines: list[str] = []
    for table in sorted(schema.tables.values(), key=lambda each: (bool(each.parent), each.name)):
        lines += _table_sql(schema, table, quote)
    for name, (table, columns) in schema.views.items():
        lines.append(
            f"CREATE VIEW {quote(name)} AS SELECT {', '.join(map(quote, columns))} FROM {quote(table)};"
        )
    return "\n".join(lines) + "\n"


def _table_sql(schema: RandomSchema, table: RandomTable, quote: Callable[[str], str]) -> list[str]:
    parts = [f"{quote('key')} {_key_type(schema.driver)} NOT NULL PRIMARY KEY"]
    parts += [_column_sql(schema.driver, column, quote) for column in table.columns]
    if table.unique:
        parts.append(f"CONSTRAINT {quote(f'{table.name}_u')} UNIQUE ({', '.join(map(quote, table.unique))})")
    if table.check:
        parts.append(f"CONSTRAINT {quote(f'{table.name}_c')} CHECK ({quote('key')} > {table.check})")
    if table.parent:
        parts.append(
            f"CONSTRAINT {quote(f'{table.name}_fk')} FOREIGN KEY ({quote('key')}) "
            f"REFERENCES {quote(table.parent)} ({quote('key')}) ON DELETE CASCADE"
        )
    suffix = f" COMMENT '{table.comment}'" if table.comment and schema.driver == "mariadb" else ""
    lines = [f"CREATE TABLE {quote(table.name)} (\n  " + ",\n  ".join(parts) + f"\n){suffix};"]
    if table.comment and schema.driver == "postgres":
        lines.append(f"COMMENT ON TABLE {quote(table.name)} IS '{table.comment}';")
    lines += [
        f"CREATE INDEX {quote(name)} ON {quote(table.name)} ({', '.join(map(quote, columns))});"
        for name, columns in table.indexes.items()
    ]
    return lines


def _column_sql(driver: str, column: RandomColumn, quote: Callable[[str], str]) -> str:
    null = "" if column.null else " NOT NULL"
    default = f" DEFAULT {column.default}" if column.default else ""
    return f"{quote(column.name)} {_type(driver, column)}{null}{default}"


def _type(driver: str, column: RandomColumn) -> str:
    return TYPES[driver][column.ladder][column.rung]


def _key_type(driver: str) -> str:
    return "integer" if driver == "sqlite" else "bigint"


def _quote(driver: str) -> Callable[[str], str]:
    sign = "`" if driver == "mariadb" else '"'
    return lambda name: f"{sign}{name}{sign}"


def _schema(driver: str, random: Random) -> RandomSchema:
    schema = RandomSchema(driver)
    for number in range(random.randint(1, 4)):
        _add_table(schema, random, f"t{number}")
    for _ in range(random.randint(0, 2)):
        _add_view(schema, random)
    return schema


def _add_table(schema: RandomSchema, random: Random, name: str = "") -> None:
    name = name or f"new{len(schema.tables)}"
    if name in schema.tables:
        return
    table = RandomTable(name)
    schema.tables[name] = table
    for column in random.sample(NAMES, random.randint(1, 5)):
        table.columns.append(_column(schema.driver, column, random))
    others = [other for other in schema.tables.values() if other.name != name and not other.parent]
    if others and random.random() < 0.5:
        table.parent = random.choice(others).name
    if random.random() < 0.4:
        _add_index(schema, random, table)
    if random.random() < 0.3:
        table.check = str(random.randint(-9, 0))


def _column(driver: str, name: str, random: Random) -> RandomColumn:
    ladder = random.randrange(len(TYPES[driver]))
    column = RandomColumn(name, ladder, random.randrange(len(TYPES[driver][ladder])))
    _set_default(driver, column, random)
    column.null = not column.default or random.random() < 0.5
    return column


def _set_default(driver: str, column: RandomColumn, random: Random) -> None:
    text = _type(driver, column)
    found = [
        value
        for word, value in DEFAULTS.items()
        if text.startswith(word) or (word == "int" and text.endswith("int"))
    ]
    column.default = found[0] if found and "[" not in text and random.random() < 0.5 else ""


def _drop_table(schema: RandomSchema, random: Random) -> None:
    used = {table.parent for table in schema.tables.values()} | {table for table, _ in schema.views.values()}
    free = [name for name in schema.tables if name not in used]
    if free and len(schema.tables) > 1:
        del schema.tables[random.choice(free)]


def _add_column(schema: RandomSchema, random: Random) -> None:
    table = random.choice(list(schema.tables.values()))
    known = {column.name for column in table.columns}
    table.columns.append(
        _column(schema.driver, random.choice([name for name in NAMES if name not in known]), random)
    )


def _drop_column(schema: RandomSchema, random: Random) -> None:
    table = random.choice(list(schema.tables.values()))
    used = {*table.unique, *(name for names in table.indexes.values() for name in names)}
    used |= {name for owner, names in schema.views.values() if owner == table.name for name in names}
    free = [column for column in table.columns if column.name not in used]
    if len(free) > 0 and len(table.columns) > 1:
        table.columns.remove(random.choice(free))


def _retype(schema: RandomSchema, random: Random) -> None:
    column = random.choice(random.choice(list(schema.tables.values())).columns)
    if column.rung + 1 < len(TYPES[schema.driver][column.ladder]):
        column.rung += 1
        if column.default:
            _set_default(schema.driver, column, random)
        column.null = column.null or not column.default


def _loosen(schema: RandomSchema, random: Random) -> None:
    random.choice(random.choice(list(schema.tables.values())).columns).null = True


def _change_default(schema: RandomSchema, random: Random) -> None:
    column = random.choice(random.choice(list(schema.tables.values())).columns)
    _set_default(schema.driver, column, random)


def _toggle_check(schema: RandomSchema, random: Random) -> None:
    table = random.choice(list(schema.tables.values()))
    table.check = "" if table.check else str(random.randint(-9, 0))


def _toggle_parent(schema: RandomSchema, random: Random) -> None:
    table = random.choice(list(schema.tables.values()))
    children = {other.parent for other in schema.tables.values()}
    roots = [other.name for other in schema.tables.values() if not other.parent and other is not table]
    if not table.name.startswith("new"):  # it has rows, and a new table has none for them to refer to
        roots = [name for name in roots if not name.startswith("new")]
    if table.parent:
        table.parent = ""
    elif roots and table.name not in children:
        table.parent = random.choice(roots)


def _comment(schema: RandomSchema, random: Random) -> None:
    random.choice(list(schema.tables.values())).comment = random.choice(("", "people", "10 % more"))


def _add_index(schema: RandomSchema, random: Random, table: RandomTable | None = None) -> None:
    table = table or random.choice(list(schema.tables.values()))
    plain = [column.name for column in table.columns if _is_indexable(schema.driver, column)]
    if plain:
        name = f"{table.name}_i{random.randint(0, 9)}"
        table.indexes[name] = tuple(random.sample(plain, random.randint(1, min(2, len(plain)))))


def _is_indexable(driver: str, column: RandomColumn) -> bool:
    return not _type(driver, column).startswith(("json", "text")) or (
        driver != "mariadb" and not _type(driver, column).startswith("json")
    )


def _drop_index(schema: RandomSchema, random: Random) -> None:
    table = random.choice(list(schema.tables.values()))
    if table.indexes:
        del table.indexes[random.choice(list(table.indexes))]


def _add_view(schema: RandomSchema, random: Random) -> None:
    table = random.choice(list(schema.tables.values()))
    columns = tuple(
        random.sample([column.name for column in table.columns], random.randint(1, len(table.columns)))
    )
    schema.views[f"v{random.randint(0, 9)}"] = (table.name, columns)


def _drop_view(schema: RandomSchema, random: Random) -> None:
    if schema.views:
        del schema.views[random.choice(list(schema.views))]


MUTATIONS: tuple[Callable[[RandomSchema, Random], None], ...] = (
    _add_table,
    _drop_table,
    _add_column,
    _drop_column,
    _retype,
    _loosen,
    _change_default,
    _toggle_check,
    _toggle_parent,
    _comment,
    _add_index,
    _drop_index,
    _add_view,
    _drop_view,
)
