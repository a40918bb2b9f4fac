"""Tables and what they are made of.

Texts are the server's own: a type, default or expression stands as its catalog prints it, so that two states
that passed through the same server compare as texts. Every field with its default means "nothing said".
Names are unquoted everywhere; quoting is the business of whoever writes SQL or HCL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.schema.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """A generated column: ``stored`` or computed when read. ``expr`` without the outer parentheses of SQL."""

    expr: str
    stored: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """PostgreSQL's identity. None means the default of the column's type."""

    always: bool = False
    start: int = 1
    increment: int = 1
    min_value: int | None = None
    max_value: int | None = None
    cache: int = 1
    cycle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column.

    Attributes:
        type: As the server prints it: ``character varying(20)``, ``bigint unsigned``, ``app.status``. PostgreSQL's
            ``serial``, ``bigserial`` and ``smallserial`` where the default is nextval of the column's own sequence
            with default name and options; that sequence is then in no list, and ``default`` is None.
        default: An SQL expression, None for none (or NULL): ``'it''s'::text``, ``now()``, ``5``.
        on_update: MySQL's ``ON UPDATE`` expression.
        charset: MySQL's; '' where it is that of the table.
        collation: '' where it is that of the type, table or database.
        inherited: It comes from a parent table or from the partitioned table, and is not declared here too.
        options: What else can be said of a column (PostgreSQL: storage, compression, statistics, n_distinct, …;
            SQLite: ``on_conflict`` of NOT NULL).
    """

    name: str
    type: str
    null: bool = True
    default: str | None = None
    generated: Generated | None = None
    identity: Identity | None = None
    auto_increment: bool = False
    on_update: str = ""
    charset: str = ""
    collation: str = ""
    invisible: bool = False
    inherited: bool = False
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart:
    """One element of an index, key, exclusion or partition key: a column or an expression, never both.

    Attributes:
        expr: Without the outer parentheses.
        nulls: ``first`` or ``last`` where that is not the default of the direction, else ''.
        opclass: With its parameters, where it is not the default of the type; else ''.
        prefix: MySQL's prefix length, 0 for all.
        operator: Of an exclusion constraint, ``&&``; else ''.
    """

    column: str = ""
    expr: str = ""
    desc: bool = False
    nulls: str = ""
    opclass: str = ""
    collation: str = ""
    prefix: int = 0
    operator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKey:
    """``name`` is '' where the server has none of its own (MySQL) or it is the default (PostgreSQL t_pkey).

    ``options`` are SQLite's: ``on_conflict``.
    """

    parts: tuple[IndexPart, ...]
    name: str = ""
    include: tuple[str, ...] = ()
    method: str = ""
    deferrable: bool = False
    initially_deferred: bool = False
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    """A UNIQUE constraint of PostgreSQL or SQLite. MySQL has unique indexes only.

    ``options`` are SQLite's: ``autoindex`` is the name of its index, as ``sqlite_autoindex_users_1``, which follows
    from the order of constraints and is not compared; ``on_conflict`` is the action of its ON CONFLICT clause.
    """

    name: str
    parts: tuple[IndexPart, ...]
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    deferrable: bool = False
    initially_deferred: bool = False
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index that is no constraint.

    Attributes:
        method: ``btree`` is written ''; ``hash``, ``gin``, ``gist``, ``brin``, ``fulltext``, ``spatial``, … in lower case.
        where: The predicate of a partial index, without outer parentheses; '' for none.
        options: Storage parameters and the like.
        parser: MySQL's full-text parser.
        attached_to: PostgreSQL: the index of the partitioned parent that this one is a part of, as
            ``schema.name``; '' for none.
        valid: False for what a failed CREATE INDEX CONCURRENTLY left behind.
    """

    name: str
    parts: tuple[IndexPart, ...]
    unique: bool = False
    method: str = ""
    include: tuple[str, ...] = ()
    where: str = ""
    nulls_distinct: bool = True
    parser: str = ""
    invisible: bool = False
    attached_to: str = ""
    valid: bool = True
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A foreign key; actions in SQL's words with ``NO ACTION`` as the default (MySQL's RESTRICT is kept apart).

    Attributes:
        name: SQLite's anonymous ones have their number in the table, as ``0``.
        match: ``FULL`` or '' for SIMPLE.
        delete_columns: PostgreSQL's ``SET NULL (a, b)``.
        validated: False for NOT VALID.
    """

    name: str
    columns: tuple[str, ...]
    ref_schema: str
    ref_table: str
    ref_columns: tuple[str, ...]
    on_update: str = "NO ACTION"
    on_delete: str = "NO ACTION"
    match: str = ""
    delete_columns: tuple[str, ...] = ()
    deferrable: bool = False
    initially_deferred: bool = False
    validated: bool = True
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check; ``expr`` without the outer parentheses. ``name`` is '' for SQLite's anonymous ones.

    ``column`` is MariaDB's: the column in whose definition it stands, '' for a check of the table.
    """

    name: str
    expr: str
    no_inherit: bool = False
    enforced: bool = True
    validated: bool = True
    column: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude:
    """An exclusion constraint; its parts have operators."""

    name: str
    parts: tuple[IndexPart, ...]
    method: str = "gist"
    include: tuple[str, ...] = ()
    where: str = ""
    deferrable: bool = False
    initially_deferred: bool = False
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A trigger of a table or view.

    Attributes:
        timing: ``BEFORE``, ``AFTER`` or ``INSTEAD OF``.
        events: Of ``INSERT``, ``UPDATE``, ``DELETE``, ``TRUNCATE``, in this order.
        function: PostgreSQL: ``schema.name`` of what it executes, with ``arguments``.
        body: MySQL and SQLite: the statement or BEGIN … END block.
        constraint: PostgreSQL's CREATE CONSTRAINT TRIGGER; ``ref_table`` is its FROM, as ``schema.name``.
        enabled: ``origin`` (the default), ``disabled``, ``replica`` or ``always``.
        definition: SQLite: the text of the CREATE statement; elsewhere ''.
    """

    name: str
    timing: str
    events: tuple[str, ...]
    update_of: tuple[str, ...] = ()
    for_each_row: bool = True
    when: str = ""
    function: str = ""
    arguments: tuple[str, ...] = ()
    body: str = ""
    constraint: bool = False
    ref_table: str = ""
    deferrable: bool = False
    initially_deferred: bool = False
    old_table: str = ""
    new_table: str = ""
    enabled: str = "origin"
    definition: str = ""
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A row security policy of PostgreSQL. ``command`` is ``ALL``, ``SELECT``, …; ``roles`` is () for PUBLIC."""

    name: str
    permissive: bool = True
    command: str = "ALL"
    roles: tuple[str, ...] = ()
    using: str = ""
    check: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """MySQL: one partition of a table; ``values`` is ``LESS THAN (10)`` or ``IN (1,2)``, '' for HASH and KEY."""

    name: str
    values: str = ""
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionBy:
    """How a table is partitioned.

    Attributes:
        method: ``RANGE``, ``LIST``, ``HASH``; MySQL also ``KEY``, ``RANGE COLUMNS``, ``LINEAR HASH``, ….
        count: MySQL: the number of partitions where they are not listed, else 0.
        partitions: MySQL's; PostgreSQL's are tables with ``partition_of``.
        subpartition: MySQL: the SUBPARTITION BY clause as SQL, '' for none.
    """

    method: str
    parts: tuple[IndexPart, ...]
    count: int = 0
    partitions: tuple[Partition, ...] = ()
    subpartition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionOf:
    """PostgreSQL: the parent of a partition; ``bound`` is ``FOR VALUES …`` or ``DEFAULT``."""

    schema: str
    table: str
    bound: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. Columns are in the order of the server; children of other kinds are sorted by name.

    Attributes:
        columns: Also the inherited ones, marked so. Constraints, indexes and triggers that come from a
            parent are in no list, also where the table has declared them too: they follow the parent.
        inherits: PostgreSQL: ``(schema, table)`` of the parents, in order; not for partitions.
        row_security: ENABLE ROW LEVEL SECURITY; ``forced_row_security`` FORCE.
        engine: MySQL's; '' where it is the server's default.
        charset: MySQL's; '' where it is that of the schema. ``collation`` alike.
        auto_increment: MySQL's next value where it is a part of the definition; None leaves it alone.
        options: Storage parameters, ROW_FORMAT and the like.
    """

    schema: str
    name: str
    columns: tuple[Column, ...]
    primary_key: PrimaryKey | None = None
    uniques: tuple[Unique, ...] = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    excludes: tuple[Exclude, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    policies: tuple[Policy, ...] = ()
    partition_by: PartitionBy | None = None
    partition_of: PartitionOf | None = None
    inherits: tuple[tuple[str, str], ...] = ()
    row_security: bool = False
    forced_row_security: bool = False
    unlogged: bool = False
    engine: str = ""
    charset: str = ""
    collation: str = ""
    auto_increment: int | None = field(default=None, metadata={"is_counter": True})
    without_rowid: bool = False
    strict: bool = False
    comment: str = ""
    options: Options = ()
