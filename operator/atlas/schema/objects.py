"""What a schema holds besides tables. The rules of ``table`` about texts and names hold here too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from atlas.schema.table import Table

if TYPE_CHECKING:
    from atlas.schema.options import Options
    from atlas.schema.table import Check, Column, Index, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view.

    Attributes:
        definition: The query, without a semicolon.
        columns: Names and types, in order. They follow from the definition.
        check_option: ``LOCAL``, ``CASCADED`` or ''.
        options: PostgreSQL: ``security_barrier``, ``security_invoker``; MySQL: ``algorithm``, ``security``, ``definer``;
            SQLite: ``columns``, the quoted names of CREATE VIEW v (a, b), where it has them.
    """

    schema: str
    name: str
    definition: str
    columns: tuple[Column, ...] = ()
    check_option: str = ""
    triggers: tuple[Trigger, ...] = ()
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterializedView:
    """A materialized view of PostgreSQL."""

    schema: str
    name: str
    definition: str
    columns: tuple[Column, ...] = ()
    indexes: tuple[Index, ...] = ()
    with_data: bool = True
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a routine. ``mode`` is ``IN``, ``OUT``, ``INOUT``, ``VARIADIC`` or ``TABLE``."""

    type: str
    name: str = ""
    mode: str = "IN"
    default: str | None = None
    charset: str = ""
    collation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A function or procedure.

    Attributes:
        identity_arguments: Types of the input arguments, as ``integer, text``: a part of its key. '' in MySQL.
        returns: PostgreSQL: ``integer``, ``SETOF text``, ``TABLE(a integer)``; MySQL: the type. '' for procedures.
        body: The text between the quotes, or the SQL body (``sql_body`` is then True).
        volatility: ``IMMUTABLE``, ``STABLE`` or ``VOLATILE``.
        config: PostgreSQL's ``SET name TO value``.
        data_access: MySQL: ``CONTAINS SQL``, ``NO SQL``, ``READS SQL DATA``, ``MODIFIES SQL DATA``.
    """

    schema: str
    name: str
    is_procedure: bool = False
    arguments: tuple[Argument, ...] = ()
    identity_arguments: str = ""
    returns: str = ""
    language: str = "sql"
    body: str = ""
    sql_body: bool = False
    volatility: str = "VOLATILE"
    strict: bool = False
    leakproof: bool = False
    security_definer: bool = False
    parallel: str = "UNSAFE"
    window: bool = False
    cost: str = ""
    rows: str = ""
    support: str = ""
    config: Options = ()
    deterministic: bool = False
    data_access: str = ""
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """An aggregate function of PostgreSQL; ``options`` are the other words of CREATE AGGREGATE (SFUNC, STYPE, …)."""

    schema: str
    name: str
    arguments: str
    state_function: str
    state_type: str
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A sequence that was made as one; those of ``serial`` and identity columns are a part of their column.

    ``owned_by`` is ``(table, column)`` in the same schema. None is the default of type and direction.
    """

    schema: str
    name: str
    type: str = "bigint"
    start: int | None = None
    increment: int = 1
    min_value: int | None = None
    max_value: int | None = None
    cache: int = 1
    cycle: bool = False
    owned_by: tuple[str, str] | None = None
    unlogged: bool = False
    comment: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    """An enum type; the order of ``values`` is its order."""

    schema: str
    name: str
    values: tuple[str, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain; names of unnamed checks are those that the server gave."""

    schema: str
    name: str
    type: str
    null: bool = True
    default: str | None = None
    collation: str = ""
    checks: tuple[Check, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """A composite type; of its fields only name, type, collation and comment say something."""

    schema: str
    name: str
    fields: tuple[Column, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeType:
    """A range type; ``multirange`` is the name of its multirange type where it is not the default."""

    schema: str
    name: str
    subtype: str
    opclass: str = ""
    collation: str = ""
    canonical: str = ""
    subtype_diff: str = ""
    multirange: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An extension of PostgreSQL. What it brought is in no list. ``version`` '' leaves it alone."""

    name: str
    schema: str = ""
    version: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of MySQL; ``schedule`` is the text after ON SCHEDULE."""

    schema: str
    name: str
    schedule: str
    body: str
    status: str = "ENABLED"
    preserve: bool = False
    comment: str = ""
    options: Options = ()


SchemaObject: TypeAlias = (
    Table
    | View
    | MaterializedView
    | Routine
    | Aggregate
    | Sequence
    | Enum
    | Domain
    | Composite
    | RangeType
    | Extension
    | Event
)
