"""The statements of a plan, one after another: transactions, timeouts, and what is in effect when one fails."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from atlas.engine.apply.options import TxMode
from atlas.engine.apply.transaction import Transaction
from atlas.engine.mask import masker
from atlas.errors import AtlasError, ConnectFailed, StatementFailed, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.engine.plan import PlannedStatement
    from atlas.engine.ports import Database

_SHOWN = 5
"""So many statements are named in a message; the report has all."""


class BeforeEach(Protocol):
    """Is told of a statement that runs next."""

    def __call__(self, statement: PlannedStatement, *, is_inside: bool) -> None:
        """``is_inside`` a transaction."""


@dataclass(slots=True)
class StatementsRun:
    """One run. ``in_effect`` counts the statements, from the first, that nothing can roll back any more.

    ``at_end`` writes what must be true together with the statements: in their transaction where the last of them
    ran in one, else in one of its own. ``before_each`` is called right before a statement, in its transaction where it
    has one; what it raises ends the run.
    """

    planned: tuple[PlannedStatement, ...]
    database: Database
    tx_mode: TxMode
    observe: Callable[[PlannedStatement], None] | None
    should_stop: Callable[[], bool] | None
    in_effect: int = 0
    at_end: Callable[[], None] | None = None
    before_each: BeforeEach | None = None
    _transaction: Transaction = field(init=False)

    def __post_init__(self) -> None:
        self._transaction = Transaction(self.database.session)

    def can_be_undone(self, statement: PlannedStatement) -> bool:
        """Whether it can run in a transaction of this server, and is undone with it."""
        return statement.in_transaction and not self.database.dialect.commits_implicitly(statement.text())

    @property
    def is_one_transaction(self) -> bool:
        """Whether all statements take effect together, or none does."""
        return self.tx_mode is not TxMode.NONE and all(map(self.can_be_undone, self.planned))

    def execute(self) -> AtlasError | None:
        """Run all; the first failure ends the run and rolls its transaction back."""
        try:
            for number, statement in enumerate(self.planned):
                self._run(number, statement)
            if self.at_end:
                self._transaction.open()
                self.at_end()
            self._commit(len(self.planned))
        except AtlasError as error:
            with suppress(AtlasError):  # a broken session has rolled back by itself
                self._transaction.rollback()
            return self._explained(error)
        except BaseException:
            self._abandon()
            raise
        return None

    def _run(self, number: int, statement: PlannedStatement) -> None:
        if self.should_stop and self.should_stop():
            raise Stopped(f"stopped as asked before the statement to {statement.comment}")
        if self.observe:
            self.observe(statement)
        is_inside = self._has_company(number) and self.can_be_undone(statement)
        if is_inside:
            self._transaction.open()
        else:
            self._commit(number)
        if self.before_each:
            self.before_each(statement, is_inside=is_inside)
        try:
            with self._limited(statement):
                self.database.session.execute(statement.text())
        except StatementFailed as refused:
            text = masker(self.database.url.secrets)(refused.text)
            raise StatementFailed(
                f"{statement.comment}: {text}", statement=statement.text(), text=text
            ) from refused
        if not is_inside:
            self.in_effect = number + 1
        elif self.tx_mode is TxMode.NONE and not statement.with_next:
            self._commit(number + 1)

    def _has_company(self, number: int) -> bool:
        """Whether statement ``number`` shares a transaction with others."""
        is_last_of_some = number > 0 and self.planned[number - 1].with_next
        return self.tx_mode is not TxMode.NONE or self.planned[number].with_next or is_last_of_some

    def _commit(self, number: int) -> None:
        """Let everything before statement ``number`` take effect."""
        try:
            self._transaction.commit()
        except StatementFailed as refused:
            text = masker(self.database.url.secrets)(refused.text)
            raise StatementFailed(f"committing: {text}", statement="COMMIT", text=text) from refused
        self.in_effect = number

    @contextmanager
    def _limited(self, statement: PlannedStatement) -> Iterator[None]:
        """The timeouts of a statement, set before it and reset after it."""
        session = self.database.session
        limits = self.database.dialect.timeouts(statement.lock_timeout_s, statement.statement_timeout_s)
        for each in limits:
            session.execute(each.set)
        try:
            yield
        finally:
            for each in limits:
                with suppress(AtlasError):  # a failed transaction takes its settings back by itself
                    session.execute(each.reset)

    def _explained(self, error: AtlasError) -> AtlasError:
        """A refusal, or the end of the connection, with what of the plan stays."""
        match error:
            case StatementFailed():
                return StatementFailed(
                    f"{error} ({self._left()})", statement=error.statement, text=error.text
                )
            case ConnectFailed():
                return ConnectFailed(
                    f"{error} (as far as is known {self._left()}; what was running may have taken effect or not)"
                )
            case _:
                return error

    def _left(self) -> str:
        if not self.in_effect:
            return "nothing was changed"
        done = [statement.comment for statement in self.planned[: self.in_effect]]
        more = f" and {len(done) - _SHOWN} more" if len(done) > _SHOWN else ""
        return (
            f"{self.in_effect} of {len(self.planned)} statements are in effect: {', '.join(done[:_SHOWN])}{more}; "
            "the next plan starts from there"
        )

    def _abandon(self) -> None:
        self.database.session.cancel()
        with suppress(AtlasError):
            self._transaction.rollback()
        self.database.session.close()
