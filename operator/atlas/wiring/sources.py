"""Data sources of project files: by type, what reads one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from atlas.engine.database_url import DatabaseURL
    from atlas.project.data import ReadSource
    from atlas.wire.contract import RegistryAddress


def data_sources(
    *, folder: Path, environ: Mapping[str, str], registry: Callable[[], RegistryAddress], programs: bool
) -> Mapping[str, ReadSource]:
    """What reads the data sources of a project file, by type.

    Args:
        folder: What relative paths of files, directories and ``working_dir`` are relative to: as URLs on a command
            line, the working directory.
        environ: What programs are given.
        registry: Asked only by sources that need the registry.
        programs: Whether ``external`` and ``external_schema`` may run programs.
    """
    from atlas.sources.data import tokens
    from atlas.sources.data.blob_dir import blob_dir
    from atlas.sources.data.calls import named
    from atlas.sources.data.programs import Programs
    from atlas.sources.data.registry import remote
    from atlas.sources.data.runtimevar import RuntimeVars
    from atlas.sources.data.schemas import SchemaSources
    from atlas.sources.data.sql import SqlSource
    from atlas.sources.data.template_dir import TemplateDirs

    runs = Programs(folder, environ, allowed=programs)
    schemas = SchemaSources(folder)
    _ = registry
    sources: dict[str, ReadSource] = {
        "aws_rds_token": tokens.aws_rds_token,
        "azure_db_token": tokens.azure_db_token,
        "blob_dir": blob_dir,
        "composite_schema": schemas.composite_schema,
        "external": runs.external,
        "external_schema": runs.external_schema,
        "gcp_cloudsql_token": tokens.gcp_cloudsql_token,
        "hcl_schema": schemas.hcl_schema,
        "remote_dir": remote,
        "remote_schema": remote,
        "runtimevar": RuntimeVars(folder, environ).runtimevar,
        "sql": SqlSource(_read_rows).sql,
        "template_dir": TemplateDirs(folder).template_dir,
    }
    return {name: named(read) for name, read in sources.items()}


def _read_rows(url: str, query: str, arguments: Sequence[object]) -> Sequence[Sequence[object]]:
    from atlas.drivers import read_rows
    from atlas.engine.database_url import parse_database_url
    from atlas.errors import StatementFailed
    from atlas.wiring.databases import open_target

    parsed = parse_database_url(url)
    if parsed.driver == "sqlite":
        _check_is_there(parsed)
    database = open_target(parsed)
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
