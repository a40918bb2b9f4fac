"""Backups of a command: which ones atlas.hcl names, what is pushed to them, and what a person is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.cli.context import Context
    from atlas.engine.backups import Breaker, Copy, Primary, Replicated, Target
    from atlas.project import Project

T = TypeVar("T")

_REST_S = 60.0


@dataclass(frozen=True, slots=True)
class BackupsOf:
    """The URLs of an env's backups, by what they are for, and the folder in which they keep repositories.

    ``schema_url`` is storage that takes the place of the registry, for schemas.
    """

    project: str
    directories: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    schema_url: str = ""

    def opened(self, urls: Sequence[str]) -> tuple[Target, ...]:
        """The backups of a push: one that cannot be understood is told before anything is pushed."""
        from atlas.wiring import open_backup

        return tuple(open_backup(url, self.project) for url in urls)


def backups_of(project: Project | None) -> BackupsOf:
    """What the selected env says. The label of ``cloud { project }`` is the name under which backups keep it."""
    from atlas.wire.contract import DEFAULT_PROJECT

    label = (project.cloud.project if project and project.cloud else "") or DEFAULT_PROJECT
    env = project.env if project else None
    if env is None:
        return BackupsOf(label)
    return BackupsOf(label, env.migration.backup, env.schema.backup, env.schema.repo_url)


def spared(primary: Primary[T], context: Context) -> Primary[T]:
    """A registry that is not asked again at once by this run, after all retries were in vain."""
    from atlas.engine.backups import guarded
    from atlas.wiring import SystemClock

    return guarded(primary, _breaker(context), SystemClock().monotonic)


def did_not_answer(address: str, context: Context) -> bool:
    """Whether this run has met an outage of the registry at ``address`` within the last minute."""
    from atlas.wiring import SystemClock

    return _breaker(context).is_open(address, SystemClock().monotonic())


def _breaker(context: Context) -> Breaker:
    from atlas.engine.backups import Breaker

    return context.one(Breaker, lambda: Breaker(failures=1, rest_s=_REST_S))


def replicated(primary: Primary[T], targets: Sequence[Target], copy: Copy, context: Context) -> Replicated[T]:
    """Push to the registry and to all backups; who did not take it is told on stderr.

    Raises ``Unavailable`` where nobody took it, and what the registry refuses it with.
    """
    from atlas.engine.backups import replicate
    from atlas.wiring import system_pace

    done = replicate(primary, targets, copy, system_pace())
    for missed in done.missed:
        context.err(f"Warning: {missed.url} did not take the push: {missed.error}")
    if done.answer is None:
        context.err("Warning: only backups have it: run 'atlas backup resync' when the registry is back")
    return done


def now_text() -> str:
    """The time, as indexes have it."""
    from atlas.wiring import SystemClock

    return SystemClock().now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
