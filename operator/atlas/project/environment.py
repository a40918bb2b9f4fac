"""An ``env`` block to its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.hcl.positions import error_at
from atlas.hcl.values import to_bool
from atlas.project.model import Env, MigrateDownFlow, MigrationSettings, SchemaSettings
from atlas.project.read import BlockReader

if TYPE_CHECKING:
    from atlas.hcl import Scope
    from atlas.hcl.nodes import Block

_ATTRIBUTES = frozenset({"dev", "exclude", "for_each", "include", "name", "schemas", "src", "tx_mode", "url"})
_BLOCKS = frozenset({"format", "log", "migration", "protected_flows", "schema"})
_OTHER_COMMANDS = frozenset({"diff", "lint", "test"})
"""Blocks that have a reader of their own; any other would change what a run does, and is refused by name."""
_MIGRATION = frozenset(
    {"baseline", "dir", "exec_order", "format", "lock_timeout", "revisions_schema", "to_version"}
)
_FORMATS = {
    "migrate": frozenset({"apply", "diff", "down", "lint", "status"}),
    "schema": frozenset({"apply", "clean", "diff", "inspect", "lint", "plan", "push"}),
}


def read_env(block: Block, name: str, scope: Scope) -> Env:
    """The settings of the selected block.

    Raises:
        Unsupported: A block or a setting that would otherwise be passed over in silence.
    """
    env = BlockReader(block.body, scope)
    env.refuse_blocks(_BLOCKS | _OTHER_COMMANDS)
    schema = _schema(env.block("schema"))
    return Env(
        name=name,
        url=env.text("url"),
        dev=env.text("dev"),
        src=env.texts("src") or schema.src,
        schemas=env.texts("schemas"),
        exclude=env.texts("exclude"),
        include=env.texts("include"),
        migration=_migration(env.block("migration")),
        schema=schema,
        formats=_formats(env),
        tx_mode=env.keyword("tx_mode"),
        migrate_down=_migrate_down(env.block("protected_flows")),
        attributes={key: env.value(key) for key in env.names() if key not in _ATTRIBUTES},
        blocks=env.blocks_other_than(_BLOCKS),
        place=block.range,
    )


def _migration(block: BlockReader | None) -> MigrationSettings:
    if block is None:
        return MigrationSettings()
    block.refuse_attributes(_MIGRATION)
    block.refuse_blocks(frozenset({"repo"}))
    repo = block.block("repo")
    if repo:
        repo.refuse_attributes(frozenset({"backup", "name"}))
        repo.refuse_blocks(frozenset())
    return MigrationSettings(
        dir=block.text("dir"),
        baseline=block.text("baseline"),
        exec_order=block.keyword("exec_order"),
        lock_timeout=block.text("lock_timeout"),
        revisions_schema=block.text("revisions_schema"),
        to_version=block.text("to_version"),
        repo_name=repo.text("name") if repo else "",
        format=block.keyword("format"),
        backup=repo.texts("backup") if repo else (),
    )


def _migrate_down(flows: BlockReader | None) -> MigrateDownFlow:
    if flows is None:
        return MigrateDownFlow()
    flows.refuse_attributes(frozenset())
    flows.refuse_blocks(frozenset({"migrate_down"}))
    down = flows.block("migrate_down")
    if down is None:
        return MigrateDownFlow()
    down.refuse_attributes(frozenset({"allow", "auto_approve"}))
    down.refuse_blocks(frozenset())
    allow, auto_approve = (
        down.converted(name, to_bool, default=False) if down.value(name) is not None else None
        for name in ("allow", "auto_approve")
    )
    return MigrateDownFlow(allow, auto_approve)


def _schema(block: BlockReader | None) -> SchemaSettings:
    if block is None:
        return SchemaSettings()
    block.refuse_attributes(frozenset({"src"}))
    block.refuse_blocks(frozenset({"mode", "repo"}))
    _refuse_modes(block.block("mode"))
    repo = block.block("repo")
    if repo:
        repo.refuse_attributes(frozenset({"backup", "name", "url"}))
        repo.refuse_blocks(frozenset())
    return SchemaSettings(
        src=block.texts("src"),
        repo_name=repo.text("name") if repo else "",
        repo_url=repo.text("url") if repo else "",
        backup=repo.texts("backup") if repo else (),
    )


def _refuse_modes(mode: BlockReader | None) -> None:
    """Roles, users and permissions are no part of a schema here: a file may say that they are not, and no more."""
    if mode is None:
        return
    mode.refuse_attributes(frozenset({"permissions", "roles", "sensitive", "users"}))
    mode.refuse_blocks(frozenset())
    for name in mode.names():
        said = mode.keyword(name)
        if said not in {"", "false", "deny"}:
            raise Unsupported(
                f"{mode.place(name)}: schema.mode.{name} = {said} is not supported by this version: schemas have no "
                "roles, users or permissions here; take it out, and grant in a migration file"
            )


def _formats(env: BlockReader) -> dict[str, str]:
    """Templates by command: ``format { migrate { apply = "…" } }`` is ``migrate apply``; ``log`` is its older name."""
    formats: dict[str, str] = {}
    block, older = env.block("format"), env.block("log")
    if block and older:
        raise error_at(older.range, "expected format or log, both mean the templates of commands")
    found = block or older
    if found is None:
        return formats
    found.refuse_attributes(frozenset())
    found.refuse_blocks(frozenset(_FORMATS))
    for group, known in _FORMATS.items():
        commands = found.block(group)
        if commands is not None:
            commands.refuse_attributes(known)
            commands.refuse_blocks(frozenset())
            formats.update({f"{group} {name}": commands.text(name) for name in commands.names()})
    return formats
