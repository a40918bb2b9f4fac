"""atlas.hcl and a command: read it when it was asked for, and fill the flags that were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from atlas.cli.context import Context
    from atlas.project import Env, Project

DEFAULT_FILE = "file://atlas.hcl"
_KNOWING_SCHEMAS = frozenset(
    {"migrate diff", "schema apply", "schema clean", "schema diff", "schema inspect"}
)
SCHEMA_FUNCTIONS = ("hcl", "mermaid", "sql")


def filled(arguments: Namespace, context: Context) -> tuple[Namespace, Project | None]:
    """The arguments with the values of the env block where no flag was given, and the project.

    The file is read only with ``--env`` or an explicit ``--config``: without them a command never depends on
    what happens to lie in the working directory. A template of ``--format`` is parsed here, before the command
    does what it would have told.
    """
    project = _load(arguments, context) if arguments.env or arguments.config else None
    if project and project.env:
        for name, value in _values(project.env, arguments).items():
            given = getattr(arguments, name, True)
            if value and not given:
                setattr(arguments, name, [value] if given == [] and isinstance(value, str) else value)
    if arguments.command in _KNOWING_SCHEMAS and arguments.format == "sql":
        arguments.format = "{{ sql . }}"
    if template := getattr(arguments, "format", ""):
        from atlas.gotemplate import check

        check(template, _functions_of(arguments.command))
    return arguments, project


def _functions_of(command: str) -> dict[str, Callable[..., object]]:
    """Names that templates of a command know beside those of all; the functions come with the answer."""
    return dict.fromkeys(SCHEMA_FUNCTIONS, str) if command in _KNOWING_SCHEMAS else {}


def _load(arguments: Namespace, context: Context) -> Project:
    from pathlib import Path

    from atlas.project import load

    if len(arguments.config) > 1:
        raise UsageError(
            "several --config files are not supported by this version: put the blocks into one file"
        )
    url = (arguments.config or [DEFAULT_FILE])[0]
    path = Path(_path_of(url))
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpecError(
            f'config file "{path}" was not found: expected it in the working directory, or --config file://path'
        ) from error
    return load(
        text,
        file_name=str(path),
        env_name=arguments.env or None,
        variables=variables_of(arguments.var),
        environ=context.environ,
    )


def _path_of(url: str) -> str:
    scheme, sign, path = url.partition("://")
    if not sign:
        raise UsageError(f'missing scheme for config file. Did you mean "file://{url}"?')
    if scheme != "file":
        raise UsageError(f'unsupported config file driver "{scheme}": expected file://path')
    return path


def variables_of(words: list[str]) -> dict[str, str | list[str]]:
    """``--var a=1 --var b=2,c=3``: one CSV record a flag; a key that is repeated becomes a list."""
    import csv

    values: dict[str, str | list[str]] = {}
    for cell in (cell for word in words for cell in next(csv.reader([word]))):
        name, sign, value = cell.partition("=")
        if not sign:
            raise UsageError(f'invalid variable "{cell}": expected --var name=value')
        before = values.get(name)
        if before is None:
            values[name] = value
        else:
            values[name] = [*(before if isinstance(before, list) else [before]), value]
    return values


def _values(env: Env, arguments: Namespace) -> dict[str, str | list[str]]:
    from atlas.cli.lists import cells

    migration = env.migration
    return {
        "to": [with_scheme(source) for source in env.src],
        "schema": cells(env.schemas),
        "exclude": cells(env.exclude),
        "include": cells(env.include),
        "url": env.url,
        "dev_url": env.dev,
        "dir": migration.dir,
        "dir_format": migration.format,
        "baseline": migration.baseline,
        "revisions_schema": migration.revisions_schema,
        "to_version": migration.to_version,
        "exec_order": migration.exec_order,
        "lock_timeout": migration.lock_timeout,
        "tx_mode": env.tx_mode,
        "repository": migration.repo_name,
        "format": env.formats.get(arguments.command, ""),
    }


def with_scheme(source: str) -> str:
    """A URL as it is; a path as the URL of its file."""
    return source if "://" in source else f"file://{source}"
