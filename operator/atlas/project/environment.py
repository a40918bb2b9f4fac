"""An ``env`` block to its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.hcl.values import to_bool
from atlas.project.model import Env, MigrateDownFlow, MigrationSettings, SchemaSettings
from atlas.project.read import BlockReader

if TYPE_CHECKING:
    from atlas.hcl import Scope
    from atlas.hcl.nodes import Block

_ATTRIBUTES = frozenset(
    {"dev", "exclude", "for_each", "include", "log", "name", "schemas", "src", "tx_mode", "url"}
)
_BLOCKS = frozenset({"format", "migration", "protected_flows", "schema"})
_OTHER_COMMANDS = frozenset({"diff", "lint", "test"})
"""Blocks that no command of this version reads; the others change what a run does, and are refused by name."""
_MIGRATION = frozenset(
    {"baseline", "dir", "exec_order", "format", "lock_timeout", "revisions_schema", "to_version"}
)


def read_env(block: Block, name: str, scope: Scope) -> Env:
    """The settings of the selected block; unknown attributes are evaluated, unknown blocks are not."""
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
        formats=_formats(env.block("format")),
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
    repo = block.block("repo")
    return SchemaSettings(
        src=block.texts("src"),
        repo_name=repo.text("name") if repo else "",
        repo_url=repo.text("url") if repo else "",
        backup=repo.texts("backup") if repo else (),
    )


def _formats(block: BlockReader | None) -> dict[str, str]:
    """Templates by command: ``format { migrate { apply = "…" } }`` is ``migrate apply``."""
    formats: dict[str, str] = {}
    for group in ("migrate", "schema"):
        commands = block.block(group) if block else None
        if commands is not None:
            formats.update({f"{group} {name}": commands.text(name) for name in commands.names()})
    return formats
