"""A run of ``migrate apply`` as the registry is told of it: only for a remote directory, and never at the run's cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.urls.directories import OpenedDirectory
    from atlas.engine.apply import ApplyReport
    from atlas.engine.ports import Database
    from atlas.wire.contract import ReportMigrationInput

_LOCAL = ".atlas"
"""The directory of a report whose files came from no registry."""


def is_remote(url: str) -> bool:
    """Whether a directory is the registry's."""
    return url.startswith("atlas:")


def deployed(
    report: ApplyReport,
    source: OpenedDirectory,
    database: Database,
    *,
    arguments: Namespace,
    project: str,
    run_context: dict[str, object] | None,
) -> ReportMigrationInput:
    """What happened to one database; its id is written where it has none yet, but not by a dry run.

    Raises:
        AtlasError: The revisions table cannot be used.
    """
    from atlas.cli.render.apply_text import report_text
    from atlas.engine.deployment import Deployment, deployment_report
    from atlas.settings import OPERATOR_VERSION
    from atlas.wire.reference import parse_reference

    reference = parse_reference(source.url) if is_remote(source.url) else None
    deployment = Deployment(
        project=project,
        env=arguments.env,
        directory=reference.slug if reference else _LOCAL,
        tag=reference.tag if reference else "",
        target_id="" if arguments.dry_run else _target_id(database, arguments),
        url=database.url,
        version=OPERATOR_VERSION,
        log=report_text(report),
        context=run_context,
        dry_run=arguments.dry_run,
    )
    return deployment_report(report, deployment)


def _target_id(database: Database, arguments: Namespace) -> str:
    revisions = database.revisions(arguments.revisions_schema or None)
    revisions.ensure()
    return revisions.target_id()
