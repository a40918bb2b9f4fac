"""atlas.hcl and a command: read it when it was asked for, and fill the flags that were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from atlas.errors import SpecError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.project import Env, Project
    from atlas.project.data import ReadSource

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

    Raises:
        SpecError: The env is many targets.
    """
    if not _is_asked_for(arguments):
        return _filled(arguments, None), None
    from atlas.project import load

    project = load(**_given(arguments, context))
    return _filled(arguments, project), project


def filled_for_each(arguments: Namespace, context: Context) -> list[tuple[Namespace, Project | None]]:
    """As ``filled``, for commands that run on every target that the env is, one after the other: at least one."""
    if not _is_asked_for(arguments):
        return [(_filled(arguments, None), None)]
    from argparse import Namespace

    from atlas.project import load_all

    projects = load_all(**_given(arguments, context))
    return [(_filled(Namespace(**vars(arguments)), project), project) for project in projects]


def _is_asked_for(arguments: Namespace) -> bool:
    return bool(arguments.env or arguments.config)


def _filled(arguments: Namespace, project: Project | None) -> Namespace:
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
    return arguments


def _functions_of(command: str) -> dict[str, Callable[..., object]]:
    """Names that templates of a command know beside those of all; the functions come with the answer."""
    return dict.fromkeys(SCHEMA_FUNCTIONS, str) if command in _KNOWING_SCHEMAS else {}


class _Given(TypedDict):
    """What a project is loaded from."""

    files: Sequence[tuple[str, str]]
    env_name: str | None
    variables: Mapping[str, str | list[str]]
    environ: Mapping[str, str]
    sources: Mapping[str, ReadSource]


def _given(arguments: Namespace, context: Context) -> _Given:
    from pathlib import Path

    paths = [
        Path(_path_of(url)) for word in arguments.config or [DEFAULT_FILE] for url in word.split(",") if url
    ]
    return _Given(
        files=[(str(path), _text_of(path)) for path in paths],
        env_name=arguments.env or None,
        variables=variables_of(arguments.var),
        environ=context.environ,
        sources={},
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SpecError(f'config file "{path}" is not UTF-8: save it as UTF-8') from error
    except OSError as error:
        raise SpecError(
            f'config file "{path}" was not found: expected it in the working directory, or --config file://path'
        ) from error


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
