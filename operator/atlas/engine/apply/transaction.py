"""The one transaction that a session may have open, and whether it is: no statements, no revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.ports import Session


class Transaction:
    """Opened when the first statement needs it; asking twice for the same state is harmless."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_open = False

    def open(self) -> None:
        """Start a transaction unless one is open."""
        if not self._is_open:
            self._session.begin()
            self._is_open = True

    def commit(self) -> None:
        """Commit what is open. When the server refuses, it has rolled back."""
        if self._is_open:
            self._is_open = False
            self._session.commit()

    def rollback(self) -> None:
        """Undo what is open."""
        if self._is_open:
            self._is_open = False
            self._session.rollback()
