"""atlas.hcl and a command: read it when it was asked for, and fill the flags that were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from atlas.cli.project.flag_values import fill, with_scheme
from atlas.cli.project.late import Late
from atlas.cli.project.programs import may_run_programs
from atlas.cli.project.variables import variables_of
from atlas.errors import AtlasError, SpecError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.hcl.values import Function
    from atlas.project import Project
    from atlas.project.data import ReadSource
    from atlas.wire.contract import RegistryAddress

__all__ = ["filled", "filled_for_each", "with_scheme"]
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
        fill(arguments, project.env)
    url = getattr(arguments, "url", None)
    if isinstance(url, str) and url.startswith("env://"):
        from atlas.cli.project.env_urls import expanded

        arguments.url = expanded(url, project.env if project else None, arguments.env)[0]
    if arguments.command in _KNOWING_SCHEMAS and arguments.format == "sql":
        arguments.format = "{{ sql . }}"
    if template := getattr(arguments, "format", ""):
        from atlas.gotemplate import check

        try:
            check(template, _functions_of(arguments.command))
        except AtlasError as error:
            error.args = (f"{error}: expected a template of Go, as --format '{{{{ json . }}}}'",)
            raise
    return arguments


def _functions_of(command: str) -> dict[str, Callable[..., object]]:
    """Names that templates of a command know beside those of all; the functions come with the answer."""
    return dict.fromkeys(SCHEMA_FUNCTIONS, str) if command in _KNOWING_SCHEMAS else {}


class _Given(TypedDict):
    """What a project is loaded from."""

    files: Sequence[tuple[str, str]]
    env_name: str | None
    variables: Mapping[str, str | list[str]]
    sources: Mapping[str, ReadSource]
    functions: Mapping[str, Function]


def _functions(context: Context, folder: Path) -> Mapping[str, Function]:
    """All functions of expressions, with paths relative to ``folder``; ``getenv``, which most files have, loads no other."""
    from atlas.hcl.values import to_text

    def load() -> Mapping[str, Function]:
        from atlas.hcl.functions import hcl_functions
        from atlas.sources.project_files import ProjectFiles
        from atlas.wiring import SystemClock

        return hcl_functions(context.environ, ProjectFiles(folder), now=SystemClock().now, say=context.out)

    return Late(load, {"getenv": lambda name: context.environ.get(to_text(name), "")})


def _given(arguments: Namespace, context: Context) -> _Given:
    from pathlib import Path

    paths = [
        Path(_path_of(url)) for word in arguments.config or [DEFAULT_FILE] for url in word.split(",") if url
    ]
    if not paths:
        raise UsageError("--config is empty: expected --config file://path, or none for file://atlas.hcl")
    given = _Given(
        files=[(str(path), _text_of(path)) for path in paths],
        env_name=arguments.env or None,
        variables=variables_of(arguments.var),
        sources={},
        functions=_functions(context, paths[0].parent),
    )
    given["sources"] = Late(lambda: _sources(arguments, context, given))
    return given


def _sources(arguments: Namespace, context: Context, given: _Given) -> Mapping[str, ReadSource]:
    from pathlib import Path

    from atlas.wiring import data_sources

    return data_sources(
        folder=Path(),
        environ=context.environ,
        registry=_registry_of(given, context),
        programs=may_run_programs(arguments, context),
    )


def _registry_of(given: _Given, context: Context) -> Callable[[], RegistryAddress]:
    """The registry that the project file names: a data source may ask for it while the file is being read."""
    asked = False

    def address() -> RegistryAddress:
        nonlocal asked
        if asked:
            raise SpecError(
                'cyclic reference to "atlas.cloud": a data source that reads from the registry cannot say where it is'
            )
        from atlas.project import load_cloud
        from atlas.wiring import resolve_registry

        asked = True
        try:
            cloud = load_cloud(**given)
        finally:
            asked = False
        return resolve_registry(cloud, context.environ, context.settings.home)

    return address


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SpecError(f'config file "{path}" is not UTF-8: save it as UTF-8') from error
    except IsADirectoryError as error:
        raise SpecError(
            f'config file "{path}" is a directory: expected a file, as --config file://{path}/atlas.hcl'
        ) from error
    except PermissionError as error:
        raise SpecError(f'config file "{path}" cannot be read: {(error.strerror or "").lower()}') from error
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
