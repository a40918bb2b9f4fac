"""What a project and a registry say of going down: never, only with a person, or as asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.cli.registry.access import registry_address
from atlas.errors import ProtectedFlow, Unavailable, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.urls.directories import OpenedDirectory
    from atlas.project import Project


@dataclass(frozen=True, slots=True)
class DownApproval:
    """``asks`` a person before anything runs."""

    asks: bool


def check_policy(
    arguments: Namespace, source: OpenedDirectory, context: Context, project: Project | None
) -> DownApproval:
    """Whether a person is to be asked.

    Raises:
        ProtectedFlow: The project or the registry does not let this run happen.
    """
    from atlas.cli.terminal.prompt import is_interactive

    flow = project.env.migrate_down if project and project.env else None
    if flow is not None and flow.allow is False:
        raise ProtectedFlow(
            f'migrate down is not allowed by env "{arguments.env}": set protected_flows.migrate_down.allow to true to '
            "allow it"
        )
    if source.url.startswith("atlas:"):
        _check_registry(source, context, project)
    needs_person = flow is not None and flow.auto_approve is False
    if needs_person and (arguments.auto_approve or not is_interactive() or arguments.format):
        raise ProtectedFlow(
            f'migrate down needs a person by env "{arguments.env}": run it on a terminal, without --auto-approve and '
            "--format, or set protected_flows.migrate_down.auto_approve to true"
        )
    return DownApproval(
        asks=needs_person or (is_interactive() and not arguments.auto_approve and not arguments.format)
    )


def _check_registry(source: OpenedDirectory, context: Context, project: Project | None) -> None:
    from atlas.wire.reference import parse_reference

    if _is_protected(source, context, project):
        reference = parse_reference(source.url)
        raise ProtectedFlow(
            f'the registry protects migrate down of "{reference.slug}", and approving plans there is not served by '
            "this version: ask its owner to lift the protection"
        )


def _is_protected(source: OpenedDirectory, context: Context, project: Project | None) -> bool:
    """What the registry says. Raises ``Unavailable`` where it cannot be asked: backups do not know what it protects."""
    from atlas.cli.registry.backups import backups_of, spared
    from atlas.cli.registry.reads import registry_name
    from atlas.engine.backups import Primary
    from atlas.wire.reference import parse_reference
    from atlas.wiring import Effort, migrate_down_is_protected

    effort = Effort.BRIEF if backups_of(project).directories else Effort.FULL

    def ask() -> bool:
        address = registry_address(context, project, effort)
        return migrate_down_is_protected(address, parse_reference(source.url).slug, effort)

    try:
        return spared(Primary(registry_name(context, project), ask), context).ask()
    except Unavailable as outage:
        raise Unavailable(
            f"migrate down needs the registry, which may protect this directory, and it cannot be asked: {outage}; nothing "
            "was run. Wait for it, or look at the way with --dry-run"
        ) from outage


def tagged_version(arguments: Namespace, context: Context, project: Project | None) -> str | None:
    """The last version of ``--to-tag``; None without the flag.

    Raises:
        UsageError: The directory has no tags.
    """
    if not arguments.to_tag:
        return None
    from atlas.cli.registry.reads import read_directory

    url = (arguments.dir or "").partition("?")[0]
    if not url.startswith("atlas://"):
        raise UsageError("--to-tag needs a directory with tags: expected --dir atlas://name")
    tagged, _ = read_directory(f"{url}?tag={arguments.to_tag}", context, project)
    return tagged.files[-1].version if tagged.files else ""
