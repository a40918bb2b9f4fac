"""What ``atlas``, ``atlas help`` and ``atlas GROUP`` print: the commands below those words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.table import GROUPS
from atlas.cli.help.text import below_of
from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.cli.context import Context

_UNSERVED = {
    ("copilot",),
    ("script",),
    *(("cloud", "repo", word) for word in ("lingraph", "secgraph")),
    ("schema", "validate"),
    ("migrate", "drift"),
}
_TOPICS = {
    "Databases": ("migrate", "schema"),
    "Registry": ("backup", "cloud", "login", "logout", "registry", "whoami"),
    "Kubernetes": ("operator",),
    "More": ("completion", "version"),
}
_VERSION = {"--version", "-v", "-V"}
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
        flag = flags[0].partition("=")[0]
        meant = "did you mean 'atlas version'?" if flag in _VERSION else "see 'atlas --help'"
        raise UsageError(f"unknown flag: {flag}: {meant}")
    if group and group not in GROUPS:
        raise _unknown(group)
    context.out(GROUPS.get(group, TITLE))
    context.out(f"\nUsage:\n  {' '.join(('atlas', *group))} [command]")
    rows = below_of(group)
    width = max(len(name) for name in rows)
    for title, names in (_TOPICS if not group else {"Commands": tuple(rows)}).items():
        context.out(f"\n{title}:")
        for name in names:
            context.out(f"  {name:<{width}}  {rows[name]}")
    context.out(f"\nUse '{' '.join(('atlas', *group))} [command] --help' for the flags of a command.")
    return 0


def _longest_group(words: Sequence[str]) -> tuple[str, ...]:
    for end in range(len(words), 0, -1):
        if tuple(words[:end]) in GROUPS:
            return tuple(words[:end])
    return ()


def _unknown(words: tuple[str, ...]) -> UsageError:
    from atlas.cli.help.suggest import suggestions

    known = _longest_group(words)
    word, name = words[len(known)], " ".join(("atlas", *known))
    lines = [f'unknown command "{word}" for "{name}"']
    if meant := suggestions(known, word):
        lines += ["", "Did you mean this?", *(f"  atlas {command}" for command in meant), ""]
    return UsageError("\n".join([*lines, f"Run '{name} --help' for the commands there are."]))
