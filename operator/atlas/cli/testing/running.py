"""Running cases one after the other, and telling of each as it ends."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from atlas.cli.context import Context
    from atlas.engine.schema_ports import DevRoom
    from atlas.engine.scope import Scope
    from atlas.engine.testing import Case, CaseRoom, Command, Step
    from atlas.wiring import OpenedDev


class Rooms:
    """Rooms of a dev database, each filled before its case begins."""

    def __init__(
        self,
        opened: OpenedDev,
        scope: Scope,
        *,
        said: Callable[[tuple[Command, ...]], str],
        fill: Callable[[DevRoom], None] = lambda _room: None,
        is_history: bool = False,
    ) -> None:
        """``said`` gives the texts that ``fill`` and the steps of a case will run; see ``wiring.case_rooms``."""
        self._opened = opened
        self._scope = scope
        self._said = said
        self._fill = fill
        self._is_history = is_history

    @contextmanager
    def room(self, _case: Case, commands: tuple[Command, ...]) -> Iterator[CaseRoom]:
        """A room for one case."""
        from functools import partial

        from atlas.engine.testing import CaseRoom, External, said_in
        from atlas.wiring.case_rooms import case_room, reachable_url, run_for_results

        said = ";\n".join(text for text in (self._said(commands), said_in(commands)) if text)
        is_shared = any(isinstance(command, External) for command in commands)
        with case_room(
            self._opened, self._scope, said=said, is_shared=is_shared, is_history=self._is_history
        ) as room:
            try:
                self._fill(room)
                yield CaseRoom(
                    database=room.database,
                    run=partial(run_for_results, room.database),
                    bound=self._scope.bound,
                    dev_url=reachable_url(room.database.url),
                    dev=room,
                )
            except KeyboardInterrupt:  # a statement that went on would keep the room from being dropped
                room.database.session.cancel()
                raise


def run_cases(
    cases: Sequence[Case], rooms: Rooms, context: Context, take: Callable[[CaseRoom, Step], str]
) -> int:
    """Run and tell; the exit code is 1 when a case failed."""
    from atlas.cli.render.case_text import case_text, end_text
    from atlas.engine.testing import CasePorts, Verdict, run_case
    from atlas.wiring import SystemClock
    from atlas.wiring.case_rooms import case_programs

    ports = CasePorts(
        clock=SystemClock(), room=rooms.room, programs=case_programs(context.environ), take=take
    )
    has_failed = False
    for case in cases:
        result = run_case(case, ports)
        has_failed |= result.verdict is Verdict.FAIL
        context.out(case_text(result), end="")
        context.flush()
    context.out(end_text(has_failed=has_failed), end="")
    return int(has_failed)
