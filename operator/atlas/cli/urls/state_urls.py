"""URLs of desired states to the states: files, registries and databases, each read by its own adapter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.cli.urls.memory_urls import SCHEME, made_state
from atlas.errors import DesiredStateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.desired_state import DesiredState
    from atlas.engine.scope import Scope
    from atlas.project.data import Memory


def read_desired_state(
    urls: Sequence[str],
    *,
    scope: Scope,
    variables: Mapping[str, str | list[str]],
    pulled: Callable[[str], DesiredState],
    memory: Memory | None = None,
) -> DesiredState:
    """The state at ``file://`` (several are read together), ``atlas://``, ``mem://`` or the URL of a database.

    ``pulled`` reads an ``atlas://`` URL, ``scope`` bounds what is read of a database: a schema of
    another name is called as that of the scope. ``memory`` holds what data sources made.

    Raises:
        DesiredStateError: The URLs do not go together, or a file cannot be used.
        SpecError: No data source made what a ``mem://`` URL names.
        RegistryError: An ``atlas://`` state could not be read.
        TargetError: A database cannot be reached.
    """
    schemes = {url.partition("://")[0] for url in urls}
    if len(urls) > 1 and schemes != {"file"}:
        raise DesiredStateError(
            f"several URLs of a desired state are all file:// URLs: found {', '.join(sorted(schemes))}"
        )
    if schemes == {"file"}:
        return _read_files(urls, variables)
    if schemes == {"atlas"}:
        return pulled(urls[0])
    if schemes == {SCHEME}:

        def read_part(schema: str, of_part: Sequence[str]) -> DesiredState:
            within = replace(scope, bound=schema or scope.bound)
            return read_desired_state(
                of_part, scope=within, variables=variables, pulled=pulled, memory=memory
            )

        return made_state(urls[0], memory, read_part)
    return _read_database(urls[0], scope)


def _read_files(urls: Sequence[str], variables: Mapping[str, str | list[str]]) -> DesiredState:
    from pathlib import Path

    from atlas.engine.desired_state import at_version
    from atlas.engine.directory import parse_directory_url
    from atlas.sources.schema_files import read_schema_files

    parsed = [parse_directory_url(url) for url in urls]
    version = next((url.parameter("version") for url in parsed if url.parameter("version")), "")
    tool = next((url.format for url in parsed if url.parameter("format")), "")
    paths = [Path(url.path) for url in parsed]
    read = _read_directory_of(paths, tool) if tool else read_schema_files(paths, variables=variables)
    return at_version(read, version)


def _read_directory_of(paths: Sequence[Path], tool: str) -> DesiredState:
    from atlas.engine.desired_state import DirectoryState
    from atlas.engine.directory import validate
    from atlas.sources.tool_folders import read_directory_as

    if len(paths) > 1:
        raise DesiredStateError(
            f"a migration directory is a desired state of its own: give {paths[0]} or the others, not both"
        )
    directory = read_directory_as(paths[0], tool)
    validate(directory)
    return DirectoryState(directory)


def _read_database(text: str, scope: Scope) -> DesiredState:
    from atlas.engine.database_url import parse_database_url
    from atlas.engine.desired_state import RealmState
    from atlas.engine.rooms.rebind import rebound
    from atlas.wiring import read_realm

    url = parse_database_url(text)
    if url.schema and not scope.bound:
        raise DesiredStateError(
            f'{url} means one schema, "{url.schema}", and the other state is a whole database: give two URLs of one '
            "kind, or everything else would be dropped"
        )
    _check_is_there(url)
    realm = read_realm(url, replace(scope, bound=url.schema or scope.bound))
    return RealmState(rebound(realm, url.schema, scope.bound) if url.schema else realm)


def _check_is_there(url: DatabaseURL) -> None:
    """Refuse a SQLite file that opening would make: a mistyped name is no wish for an empty database."""
    if url.driver != "sqlite":
        return
    from pathlib import Path

    from atlas.drivers.sqlite.url import target_of

    path = target_of(url).path
    if path and not Path(path).exists():
        raise DesiredStateError(f"stat {path}: no such file or directory; expected a database that is there")
