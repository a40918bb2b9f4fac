"""A schema of 1,000 tables in HCL: CPU of parsing and evaluating it, and of printing it. No server is asked."""

from __future__ import annotations

import sys
import time

from atlas.drivers import schema_driver
from atlas.engine.hcl_schema import print_schema, read_schema

from bench.measure import Goal, tell

TABLES = 1000


def main() -> bool:
    """Goals: read in 4 s of CPU, print in 1 s."""
    text = schema()
    types = schema_driver("postgres").types
    start = time.process_time()
    found = read_schema([("schema.pg.hcl", text)], dialect="postgres", types=types, variables={})
    read = time.process_time() - start
    start = time.process_time()
    printed = print_schema(found.realm, types)
    wrote = time.process_time() - start
    detail = f"[{TABLES:,} tables, {text.count(chr(10)):,} lines, CPU]"
    same = tell("HCL printed as it was read", float(printed == text), Goal(1, "", at_most=False))
    return all([
        tell("HCL schema read", read, Goal(4, " s"), detail),
        tell("HCL schema printed", wrote, Goal(1, " s"), detail),
        same,
    ])  # fmt: skip


def schema() -> str:
    """Tables of nine columns with a key, an index and a foreign key, in the layout of ``print_schema``."""
    return "".join(_table(number) for number in range(TABLES)) + 'schema "public" {\n}\n'


def _table(number: int) -> str:
    columns = "".join(_column(name, kind, default) for name, kind, default in _COLUMNS)
    return _TABLE.format(name=f"t{number:04}", other=f"t{max(0, number - 1):04}", columns=columns)


def _column(name: str, kind: str, default: str) -> str:
    width = len("default") if default else len("null")
    lines = [f"{'null'.ljust(width)} = false", f"{'type'.ljust(width)} = {kind}"]
    lines += [f"default = {default}"] if default else []
    return f'  column "{name}" {{\n' + "".join(f"    {line}\n" for line in lines) + "  }\n"


_COLUMNS = (
    ("id", "bigint", ""),
    ("parent_id", "bigint", ""),
    ("name", "character_varying(255)", '"it\'s"'),
    ("price", "numeric(10,2)", "1.50"),
    ("active", "boolean", "true"),
    ("tags", 'sql("text[]")', ""),
    ("state", "text", '"new"'),
    ("made_at", "timestamptz", 'sql("now()")'),
    ("note", "text", '""'),
)
_TABLE = """table "{name}" {{
  schema  = schema.public
  comment = "one of many"
{columns}  primary_key {{
    columns = [column.id]
  }}
  foreign_key "{name}_parent" {{
    columns     = [column.parent_id]
    ref_columns = [table.{other}.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }}
  index "{name}_name" {{
    unique  = true
    columns = [column.name, column.state]
  }}
}}
"""


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
