"""Running a case: the order of its commands, where it ends, what is told, and what ends the whole run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from atlas.engine.database_url import DatabaseURL
from atlas.engine.testing import (
    Case,
    CasePorts,
    CaseResult,
    CaseRoom,
    Command,
    Inputs,
    ProgramEnd,
    ResultSet,
    Step,
    Verdict,
    read_cases,
    run_case,
)
from atlas.engine.testing.case import Migrate
from atlas.errors import ConnectFailed, DirectoryError, StatementFailed, Unsupported

from tests.fakes.clock import FakeClock
from tests.fakes.database import FakeDatabase, FakeServer, FakeSession

SECRET = "fake-pass-word"
DONE = ProgramEnd(0, "out\n", "")


class GuardedDatabase(FakeDatabase):
    """A database whose URL has a password."""

    @property
    def url(self) -> DatabaseURL:
        return replace(super().url, password=SECRET)


@dataclass
class FakeWorld:
    """Rooms that remember what ran; ``broken`` statements are refused, ``lost`` ones end the connection."""

    broken: Sequence[str] = ("broken",)
    lost: str = ""
    on_entry: Exception | None = None
    on_exit: Exception | None = None
    end: ProgramEnd = DONE
    ran: list[str] = field(default_factory=list)
    rooms: int = 0

    def ports(self) -> CasePorts:
        return CasePorts(clock=FakeClock(), room=self.room, programs=self, take=self.take)

    @contextmanager
    def room(self, _case: Case, _commands: tuple[Command, ...]) -> Iterator[CaseRoom]:
        self.rooms += 1
        if self.on_entry:
            raise self.on_entry
        server = FakeServer()
        database = GuardedDatabase(server, FakeSession(server))
        yield CaseRoom(database, self.answer, "public", f"fake://{SECRET}")
        self.ran.append("gone")
        if self.on_exit:
            raise self.on_exit

    def answer(self, statement: str) -> Sequence[ResultSet]:
        self.ran.append(statement)
        text = statement.rstrip(";")
        if text in self.broken:
            raise StatementFailed("refused", statement=statement, text=f"no {text}")
        if text == self.lost:
            raise ConnectFailed("gone away")
        return [ResultSet(("a",), ((text,),))] if text.isalnum() else []

    def run(self, words: Sequence[str], working_dir: str) -> ProgramEnd:
        self.ran.append(f"{working_dir}$ {' '.join(words)}")
        return self.end

    def take(self, _room: CaseRoom, step: Step) -> str:
        assert isinstance(step, Migrate)
        self.ran.append(f"to {step.to}")
        if step.to == "9":
            raise DirectoryError("no version 9")
        return "refused" if step.to == "2" else ""


def result(body: str, world: FakeWorld | None = None) -> CaseResult:
    (case,) = read_cases([("f", f'test "migrate" "n" {{\n{body}\n}}')], "migrate", Inputs({}, lambda _: {}))
    return run_case(case, (world or FakeWorld()).ports())


def test_commands_run_in_order_and_the_first_failure_ends_them() -> None:
    world = FakeWorld()
    found = result(
        'exec { sql = "a" }\nmigrate { to = "1" }\nexec { sql = "b; broken; c" }\nexec { sql = "d" }', world
    )
    assert found.verdict is Verdict.FAIL
    assert found.notes == ("f:4: exec: no broken\n    broken;",)
    assert world.ran == ["a", "to 1", "b;", "broken;", "gone"]


def test_cleanups_run_at_the_end_backwards_after_what_a_failure_left_open() -> None:
    world = FakeWorld()
    cleanups = 'cleanup { sql = "one" }\ncleanup { sql = "two" }\n'
    assert result(f'{cleanups}exec {{ sql = "a" }}', world).verdict is Verdict.PASS
    assert world.ran == ["a", "two", "one", "gone"]
    world = FakeWorld()
    assert result(f'{cleanups}exec {{ sql = "broken" }}', world).verdict is Verdict.FAIL
    assert world.ran == ["broken", "ROLLBACK", "two", "one", "gone"]


def test_a_cleanup_that_is_refused_fails_its_case_and_the_others_still_run() -> None:
    world = FakeWorld()
    found = result('cleanup { sql = "one" }\ncleanup { sql = "broken" }', world)
    assert found.verdict is Verdict.FAIL
    assert found.notes == ("f:3: cleanup: no broken\n    broken",)
    assert world.ran == ["broken", "one", "gone"]


def test_a_skipped_case_has_no_room_and_is_not_even_read() -> None:
    world = FakeWorld()
    found = result("skip = true\nlog { message = nonsense }", world)
    assert (found.verdict, found.notes, world.rooms) == (Verdict.SKIP, (), 0)


@pytest.mark.parametrize(("version", "why"), [("2", "refused"), ("9", "no version 9")])
def test_a_directory_that_does_not_get_there_fails_the_case(version: str, why: str) -> None:
    found = result(f'migrate {{ to = "{version}" }}')
    assert found.notes == (f"f:2: migrate to {version}: {why}",)


def test_a_program_has_to_end_with_0_and_its_output_may_be_compared() -> None:
    program = 'external {\n program = ["p", "q"]\n working_dir = "d"\n %s\n}'
    world = FakeWorld()
    assert result(program % 'output = "out"', world).verdict is Verdict.PASS
    assert world.ran == ["d$ p q", "gone"]
    assert "expected a match of: ^in" in result(program % 'match = "^in"').notes[0]
    failed = result(program % "", FakeWorld(end=ProgramEnd(3, "", "why\n")))
    assert failed.notes == ("f:2: external: the program ended with 3\n    p q\n    why",)


def test_no_password_is_told_whatever_a_case_logs() -> None:
    assert result("log { message = testing.dev_url }").notes == ("f:2: fake://xxxxx",)


def test_a_connection_that_breaks_ends_the_run_and_not_the_case() -> None:
    with pytest.raises(ConnectFailed):
        result('exec { sql = "a" }', FakeWorld(lost="a"))


def test_what_a_case_left_beside_its_room_fails_it() -> None:
    found = result('exec { sql = "a" }', FakeWorld(on_exit=Unsupported("makes role x")))
    assert found.verdict is Verdict.FAIL
    assert found.notes == ("f:1: makes role x",)


def test_a_room_that_cannot_be_made_ends_the_run() -> None:
    with pytest.raises(Unsupported, match="the schema"):
        result('exec { sql = "a" }', FakeWorld(on_entry=Unsupported("the schema")))
