"""The checks of one file, asked on the session that holds the lock before the first statement is sent.

They are asked in the transaction that the first statement will run in, where it runs in one: what they see is what it
finds. Nothing of the file is recorded before they hold, so the next run asks again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.answer import Answer
from atlas.engine.apply.events import CheckAsked, ChecksDone, ChecksFailed, ChecksStarted
from atlas.engine.apply.report import AskedCheck, AskedChecks, FailedStatement
from atlas.engine.scan.quote import quote
from atlas.errors import CheckFailed, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.apply.events import Observer
    from atlas.engine.apply.script import Script
    from atlas.engine.directory import Checks
    from atlas.engine.ports import Clock

_BYTE_ORDER_MARK = "\ufeff"


class ChecksRun:
    """Asks the checks of a script once; ``done`` grows by each section that was asked."""

    def __init__(
        self,
        script: Script,
        ask: Callable[[str], Answer],
        *,
        clock: Clock,
        observe: Observer,
        mask: Callable[[str], str],
    ) -> None:
        self._version = script.file.version
        self._script = script
        self._ask = ask
        self._clock = clock
        self._observe = observe
        self._mask = mask
        self.done: list[AskedChecks] = []

    def execute(self) -> None:
        """Ask section by section.

        Raises:
            CheckFailed: One does not hold; those behind it are not asked.
            ConnectFailed: The connection broke.
        """
        for checks in self._script.checks:
            self._section(checks)

    def _section(self, checks: Checks) -> None:
        self._observe(ChecksStarted(self._version, checks.name))
        started_at, started = self._clock.now(), self._clock.monotonic()
        texts = [self._mask(statement.text) for statement in checks.statements]
        found = [self._answer(statement.text) for statement in checks.statements]
        asked = _judged(texts, found, checks)
        failed = next((each for each in asked if each.error), None)
        for each in asked:
            self._observe(CheckAsked(self._version, each.statement, each.error))
        error = FailedStatement(failed.statement, _told(asked, checks)) if failed else None
        self.done.append(
            AskedChecks(
                name=checks.name, checks=asked, started_at=started_at, ended_at=self._clock.now(), error=error
            )
        )
        if error is None:
            self._observe(ChecksDone(self._version, self._clock.monotonic() - started))
            return
        self._observe(ChecksFailed(self._version, error.text))
        raise CheckFailed(
            f"checks before version {quote(self._version)} did not hold ({checks.name} of file "
            f"{quote(self._script.file.name)}): {error.text}; nothing of the file was run. Make them true and run "
            "again, or change the file where the check is wrong",
            statement=error.statement,
            text=error.text,
        )

    def _answer(self, question: str) -> Answer | str:
        """The answer, or the server's words for its refusal."""
        try:
            return self._ask(question.removeprefix(_BYTE_ORDER_MARK))
        except StatementFailed as refused:
            return self._mask(refused.text)


def _judged(texts: list[str], found: list[Answer | str], checks: Checks) -> tuple[AskedCheck, ...]:
    """Each check with what is wrong with it. One that the server refuses is wrong whatever the others say."""
    errors = [
        answer if isinstance(answer, str) else "" if answer is Answer.TRUE else f"returned {answer.value}"
        for answer in found
    ]
    holds = not checks.needs_all and Answer.TRUE in found and all(isinstance(each, Answer) for each in found)
    return tuple(AskedCheck(text, "" if holds else error) for text, error in zip(texts, errors, strict=True))


def _told(asked: tuple[AskedCheck, ...], checks: Checks) -> str:
    wrong = [each for each in asked if each.error]
    wanted = "all have to be true" if checks.needs_all else "one has to be true, and none may fail"
    lines = "; ".join(f"{quote(each.statement)}: {each.error}" for each in wrong)
    return f"{len(wrong)} of {len(asked)} checks failed ({wanted}): {lines}"
