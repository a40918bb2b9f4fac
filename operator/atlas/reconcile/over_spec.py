"""What a project file says, over what the spec says: field by field, and only what the file gives.

The Go operator writes the spec as an ``env`` block and merges the user's block over it. This is the same, without the
text between.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unsupported
from atlas.reconcile.backup_spec import BackupSpec
from atlas.reconcile.project_file import evaluated
from atlas.reconcile.spec import TargetSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from enum import Enum
    from typing import TypeVar

    from atlas.project import CloudSettings, Env
    from atlas.reconcile.passing import Pass
    from atlas.reconcile.spec import CloudSpec, DevSpec, DirectorySpec, DownSpec, MigrationSpec

    E = TypeVar("E", bound=Enum)


def find_project(run: Pass) -> None:
    """Where the resource brings a project file, let it complete the spec."""
    if run.spec.config.is_given:
        with evaluated(run, with_policies=False) as found:
            said = found.project
            run.memory = said.memory
            run.spec = migration_over(run.spec, said.env, said.cloud)


def migration_over(spec: MigrationSpec, env: Env, cloud: CloudSettings | None) -> MigrationSpec:
    """The spec of an AtlasMigration as an environment completes it.

    Raises:
        Unsupported: The environment says what an operator does not do.
    """
    said = env.migration
    refuse_unserved({"migration.to_version": bool(said.to_version)})
    return replace(
        spec,
        target=target_over(spec.target, env),
        dev=dev_over(spec.dev, env),
        cloud=backups_over(cloud_over(spec.cloud, cloud), said.backup, "migration.repo.backup"),
        directory=_directory_over(spec.directory, said.dir, said.format),
        down=_down_over(spec.down, env),
        repository=said.repo_name,
        revisions_schema=said.revisions_schema or spec.revisions_schema,
        baseline=said.baseline or spec.baseline,
        exec_order=word_over(spec.exec_order, said.exec_order, "migration.exec_order"),
        tx_mode=word_over(spec.tx_mode, env.tx_mode, "tx_mode"),
    )


def refuse_unserved(given: Mapping[str, bool]) -> None:
    """Refuse the first of these settings that a file gives: it must not be passed over in silence."""
    for name, is_given in given.items():
        if is_given:
            raise Unsupported(f"{name} of the project file is not served by an operator: remove it")


def target_over(spec: TargetSpec, env: Env) -> TargetSpec:
    """The target: one of the file leaves nothing of the others."""
    if not (env.url or spec.url or spec.url_from or spec.credentials):
        raise SpecError(
            f'no target database defined: expected url in env "{env.name}" of the project file, or spec.url, urlFrom '
            "or credentials"
        )
    return TargetSpec(url=env.url) if env.url else spec


def dev_over(spec: DevSpec, env: Env) -> DevSpec:
    """The dev database. A Pod of the spec stays described, now by this URL."""
    return replace(spec, url=env.dev, url_from=None) if env.dev else spec


def cloud_over(spec: CloudSpec, cloud: CloudSettings | None) -> CloudSpec:
    """The registry. A token is of the address that stands beside it, so another address takes no token along."""
    if cloud is None:
        return spec
    is_elsewhere = bool(cloud.url) and cloud.url != spec.url
    return replace(
        spec,
        url=cloud.url or spec.url,
        project=cloud.project or spec.project,
        token=cloud.token,
        token_from=None if cloud.token or is_elsewhere else spec.token_from,
    )


def backups_over(spec: CloudSpec, urls: Sequence[str], name: str) -> CloudSpec:
    """The backups. A file gives them no credentials, so the operator has to allow them."""
    return replace(spec, backups=tuple(BackupSpec(url, place=name) for url in urls)) if urls else spec


def word_over(spec: E, word: str, name: str) -> E:
    """A word of a closed list; '' leaves that of the spec."""
    known = type(spec)
    if word and word not in {each.value for each in known}:
        expected = ", ".join(each.value for each in known)
        raise SpecError(f'{name} of the project file is "{word}": expected {expected}')
    return known(word) if word else spec


def _directory_over(spec: DirectorySpec, url: str, tool: str) -> DirectorySpec:
    return replace(spec, url=url or spec.url, tool=tool or spec.tool)


def _down_over(spec: DownSpec, env: Env) -> DownSpec:
    flow = env.migrate_down
    return replace(
        spec,
        allow=spec.allow if flow.allow is None else flow.allow,
        auto_approve=spec.auto_approve if flow.auto_approve is None else flow.auto_approve,
    )
