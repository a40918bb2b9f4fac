"""Telling the registry about a run of ``migrate apply``: only for a remote directory, and never at the run's cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.registry_access import registry_address
from atlas.errors import AtlasError, LoginRequired

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.directories import OpenedDirectory
    from atlas.engine.apply import ApplyReport
    from atlas.engine.ports import Database
    from atlas.project import Project


def report_deployment(
    report: ApplyReport,
    source: OpenedDirectory,
    database: Database,
    *,
    arguments: Namespace,
    context: Context,
    project: Project,
    run_context: dict[str, object] | None,
) -> None:
    """Send the report and print its link. A failure is said on stderr and changes no exit code."""
    if not source.url.startswith("atlas:") or arguments.dry_run:
        return  # NB: a dry run writes nothing, and the target's id would be written
    try:
        address = registry_address(context, project)
    except LoginRequired:
        return
    from atlas.cli.render.apply_text import report_text
    from atlas.engine.deployment import Deployment, deployment_report
    from atlas.settings import OPERATOR_VERSION
    from atlas.wire.reference import parse_reference
    from atlas.wiring import report_migration

    reference = parse_reference(source.url)
    revisions = database.revisions(arguments.revisions_schema or None)
    try:
        revisions.ensure()
        deployment = Deployment(
            project=address.project,
            env=arguments.env,
            directory=reference.slug,
            tag=reference.tag,
            target_id=revisions.target_id(),
            url=database.url,
            version=OPERATOR_VERSION,
            log=report_text(report),
            context=run_context,
        )
        link = report_migration(address, deployment_report(report, deployment))
    except AtlasError as error:
        context.err(f"{chr(10) if arguments.format else ''}Error: {error}")
        return
    if link and not arguments.format:
        context.out(link)
