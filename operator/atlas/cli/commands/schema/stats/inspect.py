"""``atlas schema stats inspect``: how large the tables of a database are, as Prometheus reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.states import States, add_scope_flags, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.table_size import TableSize

_METRIC = "atlas_table_size_bytes"


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema stats inspect --url sqlite://app.db", "the tables by size")
    parser.flag("-u", "--url", text="the database, as driver://user:password@host:port/database?key=value")
    add_scope_flags(parser)
    parser.flag("--format", text="Go template for the answer, as '{{ json .Realm }}'")


def run(arguments: Namespace, context: Context) -> int:
    """Print one measurement a table."""
    from atlas.engine.database_url import parse_database_url
    from atlas.wiring import read_table_sizes

    arguments, project = filled(arguments, context)
    urls = States(arguments, context, project).urls([arguments.url] if arguments.url else [])
    if not urls:
        raise UsageError('required flag(s) "url" not set')
    url = parse_database_url(urls[0])
    scope = scope_of(arguments, url.schema)
    sizes = read_table_sizes(url, scope)
    if not arguments.format:
        context.out(_exposition(sizes), end="")
        return 0
    from atlas.gotemplate import render

    context.out(render(arguments.format, {"Realm": _document(sizes)}))
    return 0


def _exposition(sizes: Sequence[TableSize]) -> str:
    """The text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/."""
    lines = [
        f"# HELP {_METRIC} Bytes of a table with its indexes and large values.",
        f"# TYPE {_METRIC} gauge",
        *(
            f'{_METRIC}{{schema="{_label(size.schema)}",table="{_label(size.table)}"}} {size.size_bytes}'
            for size in sizes
        ),
    ]
    return "\n".join((*lines, ""))


def _label(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _document(sizes: Sequence[TableSize]) -> dict[str, object]:
    return {
        _METRIC: [{"schema": size.schema, "table": size.table, "value": size.size_bytes} for size in sizes]
    }
