"""Functions, procedures and aggregates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.printing.layout import Block, body, object_of
from atlas.engine.hcl_schema.printing.names import is_overloaded
from atlas.engine.hcl_schema.sql_text import split_list
from atlas.hcl.quote import is_identifier, quote
from atlas.schema.options import option

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.printing.values import Printer
    from atlas.schema.objects import Aggregate, Argument, Routine

_LANGUAGES = {"sql": "SQL", "plpgsql": "PLpgSQL"}
_SET = "SETOF "
_TABLE = "TABLE("
SECURITY = "security"
"""The option of routines of MySQL, where DEFINER is the default."""
AGGREGATE_WORDS = {"INITCOND": "initial_value", "PARALLEL": "parallel"}
"""Options of aggregates that have a name of their own."""


def routine_block(routine: Routine, printer: Printer) -> Block:
    """A function or procedure."""
    block = Block("procedure" if routine.is_procedure else "function", *printer.names.labels(routine))
    if is_overloaded(routine, printer.names):
        block.text("name", routine.name)
    block.attribute("schema", printer.names.schema(routine.schema))
    if printer.is_postgres:
        language = _LANGUAGES.get(routine.language, routine.language)
        block.attribute("lang", language if is_identifier(language) else quote(language))
    for argument in routine.arguments:
        if argument.mode != "TABLE":
            block.block(_argument(argument, printer))
    _returns(block, routine, printer)
    block.attribute("as", body(routine.body))
    _settings(block, routine)
    block.expressions("depends_on", printer.depends_on(routine))
    block.text("comment", routine.comment)
    block.options(tuple(pair for pair in routine.options if pair[0] != SECURITY))
    return block


def _argument(argument: Argument, printer: Printer) -> Block:
    block = Block("arg", *([argument.name] if argument.name else ()))
    printer.typed(block, "type", argument.type)
    if argument.default is not None:
        block.attribute("default", printer.default(argument.default, argument.type))
    if argument.mode != "IN":
        block.attribute("mode", argument.mode)
    block.text("charset", argument.charset)
    block.text("collate", argument.collation)
    return block


def _returns(block: Block, routine: Routine, printer: Printer) -> None:
    returns = routine.returns
    columns = [argument for argument in routine.arguments if argument.mode == "TABLE"]
    if columns or returns.startswith(_TABLE):
        table = Block("return_table")
        for column in columns:
            each = Block("column", column.name)
            each.attribute("type", printer.type(column.type))
            table.block(each)
        block.block(table)
    elif returns.startswith(_SET):
        block.attribute("return_set", printer.type(returns.removeprefix(_SET)))
    elif returns:
        block.attribute("return", printer.type(returns))


def _settings(block: Block, routine: Routine) -> None:
    block.flag("sql_body", routine.sql_body)
    if routine.volatility != "VOLATILE":
        block.attribute("volatility", routine.volatility)
    block.flag("leakproof", routine.leakproof)
    block.flag("strict", routine.strict)
    security = "DEFINER" if routine.security_definer else option(routine.options, SECURITY)
    if security:
        block.attribute("security", security)
    if routine.parallel != "UNSAFE":
        block.attribute("parallel", routine.parallel)
    block.flag("window", routine.window)
    block.text("cost", routine.cost)
    block.text("rows", routine.rows)
    block.text("support", routine.support)
    if routine.config:
        block.attribute("config_params", object_of(routine.config))
    block.flag("deterministic", routine.deterministic)
    if routine.data_access:
        block.attribute("data_access", routine.data_access.replace(" ", "_"))


def aggregate_block(aggregate: Aggregate, printer: Printer) -> Block:
    """An aggregate function of PostgreSQL."""
    block = Block("aggregate", *printer.names.labels(aggregate))
    if is_overloaded(aggregate, printer.names):
        block.text("name", aggregate.name)
    block.attribute("schema", printer.names.schema(aggregate.schema))
    arguments = split_list(aggregate.arguments)
    types = [printer.type(each) for each in arguments]
    if any(each.startswith("sql(") and not each.endswith('[]")') for each in types):
        block.text("arguments", aggregate.arguments)
    else:
        for each in types:
            argument = Block("arg")
            argument.attribute("type", each)
            block.block(argument)
    block.attribute("state_type", printer.type(aggregate.state_type))
    block.attribute("state_func", printer.routine(aggregate.state_function))
    for word, value in aggregate.options:
        if word in AGGREGATE_WORDS:
            block.attribute(AGGREGATE_WORDS[word], value if word == "PARALLEL" else quote(value))
    block.expressions("depends_on", printer.depends_on(aggregate))
    block.text("comment", aggregate.comment)
    block.options(tuple(pair for pair in aggregate.options if pair[0] not in AGGREGATE_WORDS))
    return block
