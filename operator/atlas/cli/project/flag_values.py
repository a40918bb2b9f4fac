"""What an env block gives to the flags that were left out: a value is taken where the command has the flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.errors import UsageError
    from atlas.project import Env


def fill(arguments: Namespace, env: Env) -> None:
    """Give flags that were not typed the values of the env; an empty value is no value.

    A flag that was typed beats the file also where its value is empty: the variable of a shell that was not set must
    not lead to the database of the env.
    """
    typed = getattr(arguments, "given", ())
    for name, value in _values(env, arguments).items():
        given = getattr(arguments, name, True)
        if value and not given and name not in typed:
            setattr(arguments, name, [value] if given == [] and isinstance(value, str) else value)


def with_env(error: UsageError, env_name: str) -> None:
    """Say of what is required that the env which was asked for did not fill it: often a variable is not set."""
    text = str(error)
    if text.startswith("required flag") and text.endswith(" not set"):
        error.args = (
            f'{text}: env "{env_name}" gives no value, or an empty one, or the flag was typed with an empty one',
        )
    elif text.startswith("one of flag(s)") and text.endswith(" is required"):
        error.args = (f'{text}: env "{env_name}" has no src',)


def with_scheme(source: str) -> str:
    """A URL as it is; a path as the URL of its file."""
    return source if "://" in source else f"file://{source}"


def _values(env: Env, arguments: Namespace) -> dict[str, str | list[str]]:
    from atlas.cli.flags.lists import cells

    command: str = arguments.command
    sources = [with_scheme(source) for source in env.src]
    values: dict[str, str | list[str]] = {
        "to": sources,
        "schema": cells(env.schemas),
        "exclude": cells(env.exclude),
        "include": cells(env.include),
        "url": env.url,
        "dev_url": env.dev,
        "tx_mode": env.tx_mode,
        "format": env.formats.get(command, ""),
    }
    if command == "schema push":
        values["url"] = sources
    elif command == "schema test":
        values["url"] = sources or env.url
    if command.startswith("schema plan"):
        values["repo"] = env.schema.repo_name
    if command.startswith("migrate "):
        values |= _migration_values(env)
    return values


def _migration_values(env: Env) -> dict[str, str | list[str]]:
    migration = env.migration
    return {
        "dir": migration.dir,
        "dir_format": migration.format,
        "baseline": migration.baseline,
        "revisions_schema": migration.revisions_schema,
        "to_version": migration.to_version,
        "exec_order": migration.exec_order,
        "lock_timeout": migration.lock_timeout,
        "repository": migration.repo_name,
    }
