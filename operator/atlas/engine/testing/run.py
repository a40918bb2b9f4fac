"""Running one case: its commands in order up to the first that fails, then its cleanups, the last one first."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, assert_never

from atlas.engine.desired_state.scripts import words_of
from atlas.engine.mask import masker
from atlas.engine.scan import scan
from atlas.engine.testing.case import (
    UNKNOWN_URL,
    ApplyPlan,
    Assert,
    CaseResult,
    Catch,
    Cleanup,
    Exec,
    External,
    Log,
    MakeSchema,
    Migrate,
    OutputFormat,
    Verdict,
)
from atlas.engine.testing.expect import Refusal, difference, mentions
from atlas.engine.testing.output import is_one_true_value, texts_of
from atlas.errors import AtlasError, ParseError, StatementFailed, TargetError, Unsupported

if TYPE_CHECKING:
    from atlas.engine.testing.case import Case, Command, Step
    from atlas.engine.testing.output import ResultSet
    from atlas.engine.testing.ports import CasePorts, CaseRoom
    from atlas.hcl.positions import Range


def run_case(case: Case, ports: CasePorts) -> CaseResult:
    """Run a case in a room of its own, which is gone afterwards.

    Raises:
        TargetError: The dev database is gone; nothing can be said of this case, nor of others.
        DesiredStateError: The tested schema cannot be made.
    """
    if case.skip:
        return CaseResult(case.name, Verdict.SKIP)
    run: _Run | None = None
    try:
        with ports.room(case, case.commands(UNKNOWN_URL)) as room:
            run = _Run(room, ports)
            run.all_of(case.commands(room.dev_url))
    except Unsupported as beside:
        if run is None:
            raise
        run.failed(case.place, str(beside))
    return CaseResult(case.name, run.verdict, run.seconds, tuple(run.notes))


class _Run:
    """One case under way; ``notes`` grow."""

    def __init__(self, room: CaseRoom, ports: CasePorts) -> None:
        self.notes: list[str] = []
        self.verdict = Verdict.PASS
        self.seconds = 0.0
        self._room = room
        self._ports = ports
        self._mask = masker(room.database.url.secrets)

    def all_of(self, commands: tuple[Command, ...]) -> None:
        """Run what is there to run."""
        begun = self._ports.clock.monotonic()
        try:
            self._until_failure([each for each in commands if not isinstance(each, Cleanup)])
            self._cleanups([each for each in commands if isinstance(each, Cleanup)])
        finally:
            self.seconds = self._ports.clock.monotonic() - begun

    def failed(self, place: Range, text: str) -> None:
        """Note why the case failed."""
        self.verdict = Verdict.FAIL
        self._note(place, text)

    def _note(self, place: Range, text: str) -> None:
        self.notes.append(self._mask(f"{place.file_name}:{place.line}: {text}"))

    def _until_failure(self, commands: list[Command]) -> None:
        for command in commands:
            if failure := self._failure(command):
                self.failed(command.place, failure)
                return

    def _cleanups(self, cleanups: list[Cleanup]) -> None:
        if cleanups and self.verdict is Verdict.FAIL:
            with suppress(StatementFailed):  # a transaction that the case left open would refuse all of them
                self._room.run("ROLLBACK")
        for cleanup in reversed(cleanups):
            if failure := self._sql_failure("cleanup", cleanup.sql):
                self.failed(cleanup.place, failure)

    def _failure(self, command: Command) -> str:  # noqa: PLR0911  one case a command
        """Why a command failed, '' when it did not."""
        match command:
            case Exec():
                return self._exec(command)
            case Catch():
                return self._catch(command)
            case Assert():
                return self._assert(command)
            case Log():
                self._note(command.place, command.message)
                return ""
            case External():
                return self._external(command)
            case Migrate() | MakeSchema() | ApplyPlan():
                return self._step(command)
            case Cleanup():
                return ""
            case _:
                assert_never(command)

    def _exec(self, command: Exec) -> str:
        answered = self._answered(command.sql)
        if isinstance(answered, Refusal):
            return answered.told("exec")
        return difference("exec", command.sql, command.expected, texts_of(answered, command.format))

    def _catch(self, command: Catch) -> str:
        answered = self._answered(command.sql)
        if not isinstance(answered, Refusal):
            return Refusal(command.sql, "expected an error, and there was none").told("catch")
        if command.error and not mentions(answered.text, command.error):
            return difference("catch", answered.statement, command.error, (answered.text,))
        return ""

    def _assert(self, command: Assert) -> str:
        answered = self._answered(command.sql)
        if isinstance(answered, Refusal):
            return answered.told("assert")
        if is_one_true_value(answered):
            return ""
        return difference(
            command.error_message or "assert", command.sql, "one row of one true value", _shown(answered)
        )

    def _external(self, command: External) -> str:
        words = " ".join(command.program)
        try:
            end = self._ports.programs.run(command.program, command.working_dir)
        except AtlasError as error:
            return Refusal(words, str(error)).told("external")
        if end.code:
            said = (end.err.strip() or end.out.strip()).splitlines()
            return Refusal("\n".join([words, *said]), f"the program ended with {end.code}").told("external")
        return difference("external", words, command.expected, (end.out,))

    def _step(self, command: Step) -> str:
        try:
            why = self._ports.take(self._room, command)
        except TargetError:
            raise
        except AtlasError as error:
            why = str(error)
        return f"{_named(command)}: {why}" if why else ""

    def _sql_failure(self, word: str, sql: str) -> str:
        answered = self._answered(sql)
        return answered.told(word) if isinstance(answered, Refusal) else ""

    def _answered(self, sql: str) -> list[ResultSet] | Refusal:
        """What the statements of a text answer with, or the first refusal."""
        try:
            statements = scan(sql, self._room.database.dialect.scan_options)
        except ParseError as error:
            return Refusal(sql, str(error))
        results: list[ResultSet] = []
        for statement in statements:
            try:
                results += self._room.run(statement.text)
            except StatementFailed as refused:
                return Refusal(statement.text, words_of(refused, self._room.database, self._room.bound))
        return results


def _named(step: Step) -> str:
    match step:
        case Migrate():
            return f"migrate to {step.to}"
        case MakeSchema():
            return f"schema {', '.join(step.urls)}"
        case ApplyPlan():
            return f"apply {step.url}"
        case _:
            assert_never(step)


def _shown(answered: list[ResultSet]) -> tuple[str, ...]:
    rows = sum(len(result.rows) for result in answered)
    return texts_of(answered, OutputFormat.CSV) if rows else ("no row",)
