"""The names that each block knows, and in which dialects. What is not here is warned of, and left out."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import Final, NamedTuple

ALL: Final = "all"

ATTRIBUTES: Final[dict[str, dict[str, str]]] = {
    "schema": {ALL: "name comment", "mysql": "charset collate collation"},
    "table": {
        ALL: "name schema comment depends_on renamed_from options",
        "mysql": "charset collate collation engine auto_increment",
        "postgres": "unlogged inherits",
        "sqlite": "without_rowid strict",
    },
    "column": {
        ALL: "name type null default comment as collate collation inherited renamed_from options",
        "mysql": "unsigned charset on_update auto_increment invisible",
        "sqlite": "auto_increment",
    },
    "identity": {"postgres": "generated start increment min_value max_value cache cycle"},
    "as": {ALL: "expr type"},
    "primary_key": {
        ALL: "columns comment options",
        "mysql": "type",
        "postgres": "include deferrable initially_deferred",
    },
    "index": {
        ALL: "name unique columns comment renamed_from options",
        "mysql": "type parser invisible",
        "postgres": "type where include nulls_distinct page_per_range valid attached_to",
        "sqlite": "where constraint",
    },
    "unique": {
        ALL: "name columns comment options renamed_from",
        "postgres": "include nulls_distinct deferrable initially_deferred",
    },
    "on": {
        ALL: "column expr desc collate",
        "mysql": "prefix",
        "postgres": "ops nulls_first nulls_last op",
    },
    "exclude": {"postgres": "name type where include comment deferrable initially_deferred options"},
    "foreign_key": {
        ALL: "name columns ref_columns on_update on_delete comment match deferrable initially_deferred renamed_from",
        "postgres": "on_delete_columns validated",
    },
    "check": {ALL: "name expr comment enforced renamed_from", "postgres": "no_inherit validated"},
    "partition": {"postgres": "type columns", "mysql": "type columns count subpartition"},
    "partition partition": {"mysql": "values_less_than values_in comment options"},
    "partition_of": {"postgres": "table bound"},
    "row_security": {"postgres": "enabled enforced"},
    "enum": {"postgres": "name schema values comment renamed_from"},
    "domain": {"postgres": "name schema type null default collate comment renamed_from"},
    "composite": {"postgres": "name schema comment renamed_from"},
    "field": {"postgres": "type collate comment"},
    "range": {
        "postgres": "name schema subtype ops collate canonical subtype_diff multirange comment renamed_from"
    },
    "sequence": {
        ALL: "name schema type start increment min_value max_value cache cycle comment options renamed_from",
        "postgres": "owner unlogged",
    },
    "view": {ALL: "name schema as depends_on comment check_option options renamed_from"},
    "view column": {ALL: "type null comment", "mysql": "unsigned"},
    "materialized": {"postgres": "name schema as depends_on comment with_data options renamed_from"},
    "function": {
        ALL: "name schema as return depends_on comment security options renamed_from",
        "postgres": "lang return_set volatility leakproof strict parallel window cost rows support config_params sql_body",
        "mysql": "deterministic data_access",
    },
    "procedure": {
        ALL: "name schema as depends_on comment security options renamed_from",
        "postgres": "lang config_params sql_body",
        "mysql": "deterministic data_access",
    },
    "arg": {ALL: "type default mode", "mysql": "unsigned charset collate"},
    "return_table": {},
    "return_table column": {ALL: "type"},
    "aggregate": {
        "postgres": "name schema arguments state_type state_func initial_value parallel comment depends_on options",
    },
    "trigger": {
        ALL: "name on as comment depends_on options",
        "postgres": "for foreach when constraint from deferrable initially_deferred enabled",
        "sqlite": "for foreach when",
    },
    "event of trigger": {ALL: "insert update delete update_of", "postgres": "truncate"},
    "referencing": {"postgres": "old_table new_table"},
    "execute": {"postgres": "function args"},
    "policy": {"postgres": "name on as for to using check comment depends_on"},
    "extension": {"postgres": "name schema version comment"},
    "event": {"mysql": "name schema schedule as status preserve comment options renamed_from"},
}
"""Attributes by block and dialect, ``all`` for every one; the rest of a block's name is its parent."""

BLOCKS: Final[dict[str, dict[str, str]]] = {
    "table": {
        ALL: "column primary_key index foreign_key check",
        "postgres": "unique exclude partition partition_of row_security",
        "mysql": "partition",
        "sqlite": "unique",
    },
    "column": {ALL: "as", "postgres": "identity"},
    "primary_key": {ALL: "on"},
    "index": {ALL: "on"},
    "unique": {ALL: "on"},
    "exclude": {"postgres": "on"},
    "partition": {"postgres": "by", "mysql": "by partition"},
    "domain": {"postgres": "check"},
    "composite": {"postgres": "field"},
    "view": {ALL: "column"},
    "materialized": {"postgres": "column index"},
    "function": {ALL: "arg", "postgres": "return_table"},
    "procedure": {ALL: "arg"},
    "return_table": {ALL: "column"},
    "aggregate": {"postgres": "arg"},
    "trigger": {ALL: "before after instead_of", "postgres": "referencing execute"},
}
"""Blocks inside of blocks, likewise."""

TOP_BLOCKS: Final[dict[str, str]] = {
    ALL: "variable locals schema table view trigger",
    "postgres": "materialized function procedure enum domain composite range sequence aggregate policy extension",
    "mysql": "function procedure event sequence",
    "sqlite": "",
}
UNMODELLED: Final = frozenset(
    {
        "role",
        "user",
        "permission",
        "default_permission",
        "event_trigger",
        "hook",
        "server",
        "foreign_table",
        "cast",
    }
)
"""Blocks of objects that exist and are not compared: a schema that has them is refused by name when it is planned."""


class Words(NamedTuple):
    """What one block knows in one dialect."""

    attributes: frozenset[str]
    blocks: frozenset[str]


@cache
def words_of(block: str, family: str) -> Words:
    """The names that ``block`` knows in a dialect."""
    return Words(_named(ATTRIBUTES[block], family), _named(BLOCKS.get(block, {}), family))


def top_blocks(family: str) -> frozenset[str]:
    """The blocks that can stand alone."""
    return _named(TOP_BLOCKS, family)


def _named(table: dict[str, str], family: str) -> frozenset[str]:
    return frozenset(f"{table.get(ALL, '')} {table.get(family, '')}".split())


def advice(name: str, known: frozenset[str]) -> str:
    """What may have been meant by an unknown name."""
    near = get_close_matches(name, sorted(known), n=3)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known here: {', '.join(sorted(known))}" if known else "nothing can stand here"
