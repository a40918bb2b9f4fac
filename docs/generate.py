"""``make docs``: write ``docs/reference``: ``cli.md`` from the commands, ``coverage.md`` from the cases, ``chart.md`` from the chart."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.cli.commands.table import COMMANDS
from atlas.cli.flags.parser import Parser, add_project_flags
from atlas.cli.help.text import argument

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from atlas.cli.commands.table import Command

TARGET = Path(__file__).parent / "reference" / "cli.md"
HEAD = """\
# The `atlas` command

Written by `make docs` from the code; a test fails when it is out of date.

Flags may stand in any order, as `--flag value` or `--flag=value`. Every command takes `--env NAME` (an env block of
atlas.hcl), `--var name=value`, `--config file://path` and `--allow-programs`; atlas.hcl is read only when one of `--env` and `--config` is
given, and its values fill the flags that were left out.

Exit codes: 0 done; 1 failed, with `Error: …` on stderr; 3 not supported by this version, named on stderr; 4 done by
`atlas registry import`, except for what was named and is not there; 130 interrupted. `atlas-operator` is `atlas operator` by another name.

Environment: `ATLAS_CLOUD_URL` and `ATLAS_TOKEN` name the registry, `HOME` is where `atlas login` stores tokens
(`~/.atlas`, mode 0600), `ATLAS_DEV_URL_POSTGRES`, `ATLAS_DEV_URL_MARIADB` and `ATLAS_DEV_URL_MYSQL` are dev databases of
the operator, `PREWARM_DEVDB=false` lets those of its own rest, `NO_COLOR` turns the progress bar off, `ATLAS_DEBUG` shows tracebacks of defects.
`SSL_CERT_FILE`, `HTTPS_PROXY` and `NO_PROXY` are honoured.

What the flags mean at length: [desired states](desired-states.md), [HCL](hcl-schema.md), [lint](lint.md),
[going down](going-down.md); [step by step](../howto/declarative.md).
"""
_SHARED = {"allow_programs", "help", "env", "var", "config"}


def reference() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for command in COMMANDS for line in _section(command))])


def _section(command: Command) -> Iterator[str]:
    parser = Parser(command.words, command.summary)
    add_project_flags(parser)
    import_module(command.module).define(parser)
    actions = [action for action in parser.actions if action.dest not in _SHARED]
    arguments = [argument(parser, action) for action in actions if not action.option_strings]
    yield f"## {' '.join(('atlas', *command.words, *arguments))}\n"
    yield f"{command.summary}\n"
    if parser.examples:
        yield "```bash"
        for example in parser.examples:
            yield f"# {example.text}"
            yield example.line
        yield "```\n"
    flags = [action for action in actions if action.option_strings]
    if flags or arguments:
        yield "| | |"
        yield "|---|---|"
        for action in actions:
            yield f"| {_name(action)} | {(action.help or '').replace('|', chr(92) + '|')} |"
        yield ""


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{action.metavar or action.dest}`"
    value = f" {action.metavar}" if action.metavar and action.nargs != 0 else ""
    return ", ".join(f"`{name}{value}`" for name in action.option_strings)


def main() -> None:
    """Write the pages."""
    from docs import chart, coverage

    TARGET.write_text(reference(), encoding="utf-8")
    chart.TARGET.write_text(chart.page(), encoding="utf-8")
    chart.copy_crds()
    coverage.TARGET.write_text(coverage.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
