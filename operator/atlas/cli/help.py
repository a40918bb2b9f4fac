"""What ``atlas``, ``atlas help`` and ``atlas GROUP`` print: the commands below those words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands import COMMANDS, GROUPS
from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.cli.context import Context

_UNSERVED = {
    ("copilot",),
    ("script",),
    *(("cloud", "repo", word) for word in ("lingraph", "secgraph")),
    ("schema", "validate"),
    *(("migrate", word) for word in ("edit", "import", "rebase", "rm")),
}
TITLE = "Manage database schemas as code: a registry, an operator and a command line, self-hosted."


def overview(words: Sequence[str], context: Context) -> int:
    """List what lies below ``words``.

    Raises:
        UsageError: The words name neither a command nor a group.
        Unsupported: They name a command of other editions of Atlas.
    """
    flags = [word for word in words if word.startswith("-") and word not in {"-h", "--help"}]
    group = tuple(word for word in words if not word.startswith("-") and word != "help")
    unserved = next((group[:end] for end in (1, 2, 3) if group[:end] in _UNSERVED), ())
    if unserved:
        name = " ".join(("atlas", *unserved))
        raise Unsupported(f"Abort: '{name}' is not supported by this version: 'atlas --help' lists what is")
    if flags and (not group or group in GROUPS):
        raise UsageError(f"unknown flag: {flags[0].partition('=')[0]}")
    if group and group not in GROUPS:
        known = _longest_group(group)
        raise UsageError(
            f'unknown command "{group[len(known)]}" for "{" ".join(("atlas", *known))}"\n'
            f"Run '{' '.join(('atlas', *known))} --help' for the commands there are."
        )
    context.out(GROUPS.get(group, TITLE))
    context.out(f"\nUsage:\n  {' '.join(('atlas', *group))} [command]\n\nCommands:")
    rows = _below(group)
    width = max(len(name) for name, _ in rows)
    for name, summary in rows:
        context.out(f"  {name:<{width}}  {summary}")
    context.out(f"\nUse '{' '.join(('atlas', *group))} [command] --help' for the flags of a command.")
    return 0


def _longest_group(words: Sequence[str]) -> tuple[str, ...]:
    for end in range(len(words), 0, -1):
        if tuple(words[:end]) in GROUPS:
            return tuple(words[:end])
    return ()


def _below(group: tuple[str, ...]) -> list[tuple[str, str]]:
    depth = len(group)
    rows: dict[str, str] = {}
    for words, summary in [*GROUPS.items(), *((command.words, command.summary) for command in COMMANDS)]:
        if words[:depth] == group and len(words) == depth + 1:
            rows[words[depth]] = summary
    return sorted(rows.items())
