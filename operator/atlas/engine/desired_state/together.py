"""Statements of a desired state in as few messages as their meaning allows: a server is asked thousands of them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from atlas.errors import StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.ports import Session

GROUP = 50
"""More in one message saves little: the way to the server and back is a small part by then."""


@runtime_checkable
class SharingSession(Protocol):
    """A session that can run several statements as one. One that has no use for it lacks these methods."""

    def may_share(self, statement: str) -> bool:
        """Whether the statement means the same when it is run beside its like."""

    def run_shared(self, statements: Sequence[str]) -> bool:
        """Run all of them or none; False where the server refused one, whichever that is.

        Raises:
            StatementFailed: It was cancelled.
            ConnectFailed: The connection broke.
        """


def first_refusal(statements: Sequence[str], session: Session) -> tuple[int, StatementFailed] | None:
    """Run statements until the server refuses one: the place of that one among them and what it said, else None."""
    for group in _groups(statements, session):
        try:
            if _is_shared([statements[place] for place in group], session):
                continue
        except StatementFailed as cancelled:
            return group[0], cancelled
        for place in group:
            try:
                session.execute(statements[place])
            except StatementFailed as refused:
                return place, refused
    return None


def _is_shared(statements: Sequence[str], session: Session) -> bool:
    return len(statements) > 1 and isinstance(session, SharingSession) and session.run_shared(statements)


def _groups(statements: Sequence[str], session: Session) -> Iterator[list[int]]:
    """The places of statements that are run together, in order."""
    if not isinstance(session, SharingSession):
        yield from ([place] for place in range(len(statements)))
        return
    for may_share, found in groupby(
        range(len(statements)), lambda place: session.may_share(statements[place])
    ):
        places = list(found)
        size = GROUP if may_share else 1
        yield from (places[start : start + size] for start in range(0, len(places), size))
