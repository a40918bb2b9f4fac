"""Functions, procedures and aggregates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.scope import Ref
from atlas.engine.hcl_schema.reading.types import identifier, read_default, read_type
from atlas.schema.objects import Aggregate, Argument, Routine
from atlas.schema.options import options_of

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry

_MODES = ("IN", "OUT", "INOUT", "VARIADIC")
_VOLATILITIES = ("IMMUTABLE", "STABLE", "VOLATILE")
_PARALLELS = ("SAFE", "RESTRICTED", "UNSAFE")
_SECURITIES = ("DEFINER", "INVOKER")
_DATA_ACCESSES = ("CONTAINS SQL", "NO SQL", "READS SQL DATA", "MODIFIES SQL DATA")


def read_routine(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> Routine:
    """A function or procedure."""
    is_procedure = reader.instance.type == "procedure"
    arguments = tuple(_argument(each, entry, catalogue) for each in reader.blocks("arg"))
    returns, columns = _returns(reader, entry, catalogue)
    if not is_procedure and not returns and not any(each.mode in {"OUT", "INOUT"} for each in arguments):
        raise reader.error(f'{reader.title} needs "return", its type')
    body = reader.body("as")
    security, is_mysql = reader.one_of("security", _SECURITIES), reader.document.is_mysql
    options = dict(reader.options())
    if is_mysql and security == "INVOKER":
        options["security"] = security
    reader.document.mentions(entry.key, body)
    inputs = [each.type for each in arguments if each.mode != "OUT"]
    return Routine(
        schema=entry.schema,
        name=entry.name,
        is_procedure=is_procedure,
        arguments=(*arguments, *columns),
        identity_arguments="" if is_mysql else ", ".join(inputs),
        returns=returns,
        language=reader.word("lang").lower() or "sql",
        body=body,
        sql_body=reader.flag("sql_body"),
        volatility=reader.one_of("volatility", _VOLATILITIES) or "VOLATILE",
        strict=reader.flag("strict"),
        leakproof=reader.flag("leakproof"),
        security_definer=security == "DEFINER" and not is_mysql,
        parallel=reader.one_of("parallel", _PARALLELS) or "UNSAFE",
        window=reader.flag("window"),
        cost=reader.text("cost"),
        rows=reader.text("rows"),
        support=reader.text("support"),
        config=reader.options("config_params"),
        deterministic=reader.flag("deterministic"),
        data_access=reader.one_of("data_access", _DATA_ACCESSES),
        comment=reader.text("comment"),
        options=options_of(options),
    )


def _argument(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> Argument:
    type_text = read_type(reader, catalogue, entry.key)
    if not type_text:
        raise reader.error(f"{reader.title} has no type")
    return Argument(
        type=type_text,
        name=reader.name,
        mode=reader.one_of("mode", _MODES) or "IN",
        default=read_default(reader),
        charset=reader.word("charset"),
        collation=reader.word("collate"),
    )


def _returns(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> tuple[str, tuple[Argument, ...]]:
    """The RETURNS clause, and the columns of a table that is returned."""
    table = reader.block("return_table")
    if table is not None:
        columns = tuple(
            Argument(name=each.name, type=read_type(each, catalogue, entry.key), mode="TABLE")
            for each in table.blocks("column", "return_table column")
        )
        inner = ", ".join(f"{identifier(each.name)} {each.type}" for each in columns)
        return f"TABLE({inner})", columns
    many = read_type(reader, catalogue, entry.key, "return_set") if reader.has("return_set") else ""
    return (f"SETOF {many}" if many else read_type(reader, catalogue, entry.key, "return")), ()


def read_aggregate(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> Aggregate:
    """An aggregate function of PostgreSQL."""
    types = [read_type(each, catalogue, entry.key) for each in reader.blocks("arg")]
    state_type = read_type(reader, catalogue, entry.key, "state_type")
    state_function = _function(reader, entry, catalogue)
    if not state_type or not state_function:
        raise reader.error(f'{reader.title} needs "state_type" and "state_func"')
    options = dict(reader.options())
    if reader.has("initial_value"):
        options["INITCOND"] = reader.sql("initial_value")
    parallel = reader.one_of("parallel", _PARALLELS)
    if parallel:
        options["PARALLEL"] = parallel
    return Aggregate(
        schema=entry.schema,
        name=entry.name,
        arguments=reader.text("arguments") or ", ".join(types) or "*",
        state_function=state_function,
        state_type=state_type,
        comment=reader.text("comment"),
        options=options_of(options),
    )


def _function(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> str:
    """A function that is declared, or the name of one that the server has."""
    value = reader.value("state_func")
    if not isinstance(value, Ref) or value.word:
        return reader.word("state_func")
    found = catalogue.find(value, reader, "state_func")
    reader.document.needs(entry.key, found.key)
    return f"{identifier(found.schema)}.{identifier(found.name)}"
