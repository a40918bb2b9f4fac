"""From words to a command, and from an error to an exit code: the one place of the CLI that knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import (
    ApplyError,
    AtlasError,
    ChecksumMismatch,
    DesiredStateError,
    LoginRequired,
    PlanError,
    Unsupported,
    UsageError,
)
from atlas.settings import settings_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.cli.commands.table import Command
    from atlas.cli.context import Context

EXIT_FAILED = 1
EXIT_UNSUPPORTED = 3
_SERVING = frozenset({("operator", "run"), ("registry", "serve")})
_COMPLETE = "__complete"  # what the scripts of shells call; no command of a person
_GARBAGE = 1_000_000
_SWITCHES = {
    "-h",
    "--help",
    "--dry-run",
    "--allow-dirty",
    "--allow-programs",
    "--auto-approve",
    "--force",
    "--edit",
    "--pending",
    "--push",
    "--save",
    "--short",
    "--latest",
    "--once",
}


def run(words: Sequence[str]) -> int:
    """Run one command line.

    Returns the exit code: 0, 1 for a failure, 3 for what is not supported, 128 and its number after a signal.
    """
    import os

    from atlas.cli.context import Context
    from atlas.cli.terminal.interrupts import Interrupts

    context = Context(settings=settings_from(os.environ), environ=os.environ)
    interrupts = Interrupts()
    interrupts.watch()
    code = _guarded(words, context)
    return interrupts.exit_code or code


def _guarded(words: Sequence[str], context: Context) -> int:
    try:
        code = _dispatch(words, context)
        context.flush()
    except AtlasError as error:
        return _fail(error, words, context)
    except KeyboardInterrupt:
        context.err("Error: interrupted")
        return EXIT_FAILED
    except BrokenPipeError:
        context.drop_output()  # the reader has gone; nothing is left to tell it
        return EXIT_FAILED
    except OSError as error:
        from atlas.cli.flags.typed_secrets import without_passwords

        context.drop_output()
        place = f"{error.filename}: " if error.filename else ""
        context.err(without_passwords(f"Error: {place}{error.strerror or error}", words))
        return EXIT_FAILED
    except Exception as error:  # a bug of ours: named, without its text, which may hold a secret
        if context.environ.get("ATLAS_DEBUG"):
            raise
        context.err(
            f"Error: unexpected {type(error).__name__}: this is a bug of atlas, nothing was decided by it; "
            "run the command again with ATLAS_DEBUG=1 for the traceback"
        )
        return EXIT_FAILED
    return code


def _dispatch(words: Sequence[str], context: Context) -> int:
    if words[:1] == [_COMPLETE]:
        from atlas.cli.completion.answer import complete

        return complete(words[1:], context)
    command, rest = _find(words)
    if command is None:
        from atlas.cli.help.pages import overview

        return overview(words, context)
    if command.words not in _SERVING:
        _collect_rarely()
    from importlib import import_module

    module = import_module(command.module)
    from atlas.cli.flags.parser import Parser, add_project_flags

    parser = Parser(command.words, command.summary)
    module.define(parser)
    add_project_flags(parser)
    arguments = parser.read(rest)
    arguments.command = " ".join(command.words)
    try:
        return int(module.run(arguments, context))
    except UsageError as error:
        if arguments.env:
            from atlas.cli.project.flag_values import with_env

            with_env(error, arguments.env)
        raise


def _collect_rarely() -> None:
    """A command keeps most of what it makes until it ends: looking through it for garbage finds little."""
    import gc

    gc.set_threshold(_GARBAGE)


def _find(words: Sequence[str]) -> tuple[Command | None, list[str]]:
    """The command that the words without flags begin with, and all other words."""
    from atlas.cli.commands.table import BY_WORDS

    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    named: list[str] = []
    rest: list[str] = []
    pending = list(words)
    while pending:
        word = pending.pop(0)
        if word.startswith("-"):
            rest.append(word)
            # Before the command is known, a flag is taken to have a value: as the Go tools do.
            if "=" not in word and word not in _SWITCHES and pending:
                rest.append(pending.pop(0))
            continue
        named.append(word)
        found = BY_WORDS.get(tuple(named))
        if found and not (pending and (*named, pending[0]) in BY_WORDS):  # schema plan, and schema plan list
            return found, [*rest, *pending]
    return None, []


def _fail(error: AtlasError, words: Sequence[str], context: Context) -> int:
    from atlas.cli.help.next_steps import AFTER_UNAUTHORIZED, next_step

    command, _ = _find(words)
    text = str(error)
    step = next_step(text, " ".join(command.words) if command else "")
    if isinstance(error, ChecksumMismatch):
        from atlas.cli.render.checksum import checksum_help

        context.out(checksum_help(error), end="")
    elif isinstance(error, LoginRequired):
        from atlas.cli.registry.access import HOW_TO_LOG_IN

        context.out(HOW_TO_LOG_IN)
    elif not step and text.rpartition(": ")[2] == "Unauthorized":  # a registry's, not a bucket's
        context.out(AFTER_UNAUTHORIZED)
    if text:
        from atlas.cli.flags.typed_secrets import without_passwords

        text = without_passwords(text + step, words)
        if isinstance(error, (PlanError, ApplyError, DesiredStateError)) and not isinstance(
            error, Unsupported
        ):
            from atlas.engine.mask import mask_text

            text = mask_text(text)  # it may quote statements
        context.err(text if text.startswith("Abort: ") else f"Error: {text}")
    return EXIT_UNSUPPORTED if isinstance(error, Unsupported) else EXIT_FAILED
