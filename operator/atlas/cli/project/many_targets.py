"""A command on the targets of an env, one after the other; the first that fails ends the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import AtlasError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from atlas.cli.context import Context
    from atlas.project import Project

    Target = tuple[Namespace, Project | None]


def run_in_turn(
    targets: Sequence[Target], context: Context, run_one: Callable[[Namespace, Project | None], int]
) -> int:
    """Run on each target; returns 0, or the exit code of the one that failed.

    Several targets are told apart in the text: a header for each, and on stderr those that were not reached. With
    ``--format`` there is a document a target and nothing else.

    Raises:
        AtlasError: What the failing target raised.
    """
    for index, (arguments, project) in enumerate(targets):
        rest = [shown_url(each.url) for each, _ in targets[index + 1 :]]
        is_told = len(targets) > 1 and not arguments.format
        if is_told:
            if not index:
                context.out(f"Start migration for {len(targets)} targets")
            context.out(f"\nRun migration: {index + 1}\n  -- Target URL: {shown_url(arguments.url)}\n")
            context.flush()
        try:
            code = run_one(arguments, project)
        except AtlasError:
            _tell_rest(rest, context, is_told=is_told)
            raise
        if code:
            _tell_rest(rest, context, is_told=is_told)
            return code
    return 0


def shown_url(url: str) -> str:
    """A URL without its password; what cannot be read is not shown."""
    from atlas.engine.database_url import parse_database_url

    try:
        return str(parse_database_url(url))
    except AtlasError:
        return f"{url.partition('://')[0]}://…" if "://" in url else "(no URL)"


def _tell_rest(rest: Sequence[str], context: Context, *, is_told: bool) -> None:
    if rest and is_told:
        context.err(f"Not run, since the target before failed: {', '.join(rest)}")
