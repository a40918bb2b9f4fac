"""Statements that share a message: which, how many, and what is said of the one that is refused."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.engine.desired_state.together import GROUP, first_refusal
from atlas.errors import StatementFailed


class LoneSession:
    """Runs one statement at a time; refuses ``bad``."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def execute(self, statement: str) -> None:
        if statement == "bad":
            raise StatementFailed("no", statement=statement, text="no")
        self.ran.append(statement)

    def begin(self) -> None: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def cancel(self) -> None: ...

    def close(self) -> None: ...


class SharingSession(LoneSession):
    """Runs statements together unless they are ``alone``; a message with ``bad`` in it is refused as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Sequence[str]] = []

    def may_share(self, statement: str) -> bool:
        return not statement.startswith("alone")

    def run_shared(self, statements: Sequence[str]) -> bool:
        self.messages.append(statements)
        if "cancelled" in statements:
            raise StatementFailed("cancelled", statement="cancelled", text="cancelled")
        if "bad" in statements:
            return False
        self.ran += statements
        return True


def test_statements_run_in_their_order_in_messages_of_those_that_may_share_one() -> None:
    session = SharingSession()
    statements = ["a", "b", "alone 1", "alone 2", "c", "d"]
    assert first_refusal(statements, session) is None
    assert session.ran == statements
    assert session.messages == [["a", "b"], ["c", "d"]]


def test_one_statement_is_no_group() -> None:
    session = SharingSession()
    assert first_refusal(["a", "alone", "b"], session) is None
    assert session.messages == []


def test_a_message_holds_so_many_and_no_more() -> None:
    session = SharingSession()
    assert first_refusal([str(number) for number in range(2 * GROUP + 2)], session) is None
    assert [len(message) for message in session.messages] == [GROUP, GROUP, 2]


def test_what_was_refused_together_is_run_one_by_one_up_to_the_one_that_is_refused() -> None:
    session = SharingSession()
    refusal = first_refusal(["a", "b", "alone", "c", "bad", "d"], session)
    assert refusal is not None
    assert (refusal[0], refusal[1].text) == (4, "no")
    assert session.ran == ["a", "b", "alone", "c"]


def test_a_cancelled_message_is_not_tried_again() -> None:
    session = SharingSession()
    refusal = first_refusal(["a", "alone", "b", "cancelled"], session)
    assert refusal is not None
    assert (refusal[0], refusal[1].text) == (2, "cancelled")
    assert session.ran == ["a", "alone"]


def test_a_session_that_shares_nothing_runs_each() -> None:
    session = LoneSession()
    refusal = first_refusal(["a", "b", "bad"], session)
    assert refusal is not None
    assert refusal[0] == 2
    assert session.ran == ["a", "b"]
