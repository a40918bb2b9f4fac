"""Data sources of project files: by type, what reads one."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.wiring.databases import open_target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from atlas.client.databases import DatabaseSummary
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Database
    from atlas.project.data import ReadSource
    from atlas.wire.contract import DatabasesInput, RegistryAddress

_PAGE = 100


def data_sources(
    *,
    folder: Path,
    environ: Mapping[str, str],
    registry: Callable[[], RegistryAddress],
    programs: bool,
    open_database: Callable[[DatabaseURL], Database] = open_target,
) -> Mapping[str, ReadSource]:
    """What reads the data sources of a project file, by type.

    Args:
        folder: What relative paths of files, directories and ``working_dir`` are relative to: as URLs on a command
            line, the working directory.
        environ: What programs are given.
        registry: Asked only by sources that need the registry.
        programs: Whether ``external`` and ``external_schema`` may run programs.
        open_database: How ``sql`` opens the databases that it asks.
    """
    from atlas.sources.data import tokens
    from atlas.sources.data.blob_dir import blob_dir
    from atlas.sources.data.calls import named
    from atlas.sources.data.programs import Programs
    from atlas.sources.data.registry import CloudDatabases, remote
    from atlas.sources.data.runtimevar import RuntimeVars
    from atlas.sources.data.schemas import SchemaSources
    from atlas.sources.data.sql import SqlSource
    from atlas.sources.data.template_dir import TemplateDirs

    runs = Programs(folder, environ, allowed=programs)
    schemas = SchemaSources(folder)
    sources: dict[str, ReadSource] = {
        "aws_rds_token": tokens.aws_rds_token,
        "azure_db_token": tokens.azure_db_token,
        "blob_dir": blob_dir,
        "cloud_databases": CloudDatabases(partial(_list_targets, registry)).cloud_databases,
        "composite_schema": schemas.composite_schema,
        "external": runs.external,
        "external_schema": runs.external_schema,
        "gcp_cloudsql_token": tokens.gcp_cloudsql_token,
        "hcl_schema": schemas.hcl_schema,
        "remote_dir": remote,
        "remote_schema": remote,
        "runtimevar": RuntimeVars(folder, environ).runtimevar,
        "sql": SqlSource(partial(_read_rows, open_database)).sql,
        "template_dir": TemplateDirs(folder).template_dir,
    }
    return {name: named(read) for name, read in sources.items()}


def _list_targets(
    registry: Callable[[], RegistryAddress], repository: str, environment: str
) -> Sequence[Mapping[str, object]]:
    from atlas.client.databases import list_databases
    from atlas.client.transport import Transport

    found: list[DatabaseSummary] = []
    with Transport(registry()) as transport:
        for number in count(1):
            wanted: DatabasesInput = {"repo": repository, "page": number, "pageSize": _PAGE}
            if environment:
                wanted["env"] = environment
            page = list_databases(transport, wanted)
            found += page.entries
            if len(found) >= page.total or not page.entries:
                break
    return [
        {
            "id": each.ext_id,
            "name": each.name,
            "env": each.environment,
            "status": each.status,
            "current_version": each.current_version,
        }
        for each in found
    ]


def _read_rows(
    open_database: Callable[[DatabaseURL], Database], url: str, query: str, arguments: Sequence[object]
) -> Sequence[Sequence[object]]:
    from atlas.drivers import read_rows
    from atlas.engine.database_url import parse_database_url
    from atlas.errors import StatementFailed

    parsed = parse_database_url(url)
    if parsed.driver == "sqlite":
        _check_is_there(parsed)
    database = open_database(parsed)
    try:
        return read_rows(database, query, arguments)
    except StatementFailed as refused:
        raise SpecError(f"executing query: {refused.text}") from refused
    finally:
        database.session.close()


def _check_is_there(url: DatabaseURL) -> None:
    """Opening would make a missing file of SQLite: a mistyped name is no empty database."""
    from pathlib import Path

    from atlas.drivers.sqlite.url import target_of

    path = target_of(url).path
    if path and not Path(path).exists():
        raise SpecError(f"stat {path}: no such file or directory; expected a database that is there")
