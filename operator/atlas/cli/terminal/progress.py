"""Telling a person how a run goes: a bar on a terminal, plain lines otherwise, nothing beside a document."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from atlas.cli.render.apply_text import ApplyText
from atlas.engine.apply import FileDone, FileStarted, RunStarted, StatementStarted, ignore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

    from atlas.cli.context import Context
    from atlas.engine.apply import Event, Observer


@contextmanager
def observed(context: Context, *, quiet: bool) -> Iterator[Observer]:
    """An observer for the block; the bar is gone when the block ends."""
    if quiet:
        yield ignore
    elif not (sys.stdout.isatty() and sys.stderr.isatty()) or context.settings.no_color:
        yield _at_once(ApplyText(context.out), context)
    else:
        with _bar() as progress:
            yield _with_bar(ApplyText(partial(_above, progress)), progress)


def _at_once(text: ApplyText, context: Context) -> Observer:
    """Who reads a pipe or a log sees the statement that runs, not the one before the last full buffer."""

    def observe(event: Event) -> None:
        text(event)
        context.flush()

    return observe


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files"),
        TimeElapsedColumn(),
        console=Console(),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def _above(progress: Progress, line: str) -> None:
    """Print a line above the bar as it is: SQL has brackets, and a line that is broken is no longer what ran."""
    progress.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)


def _with_bar(text: ApplyText, progress: Progress) -> Observer:
    tasks: list[TaskID] = []

    def observe(event: Event) -> None:
        text(event)
        match event:
            case RunStarted(target=target, files=files):
                tasks.append(progress.add_task(f"to {target}", total=files))
            case FileStarted(version=version):
                progress.update(tasks[-1], description=version)
            case StatementStarted(version=version, index=index):
                progress.update(tasks[-1], description=f"{version}, statement {index}")
            case FileDone():
                progress.advance(tasks[-1])
            case _:
                pass

    return observe
