"""The Go executor and ours find the same files pending, for every directory and many states of a target.

Three answers are meant to differ, see ``expected``: two in words only, and one where the Go executor says that
nothing is pending although a migration was left half applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from atlas.engine.apply.options import ApplyOptions, ExecOrder
from atlas.engine.directory import Directory, validate
from atlas.engine.history.pending import pending_files
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.errors import AtlasError
from atlas.sources.local import read_directory

from tests.clients.answers import DIRECTORIES
from tests.clients.interchange import Interchange

OPERATOR = "Atlas CLI v1.3.0"
NOTHING = "sql/migrate: no pending migration files"
MISSING = (
    'sql/migrate: missing migration: revision "{}" is partially applied but migration file was not found'
)
ORDERS = ("linear", "linear-skip", "non-linear")


@dataclass(frozen=True)
class Row:
    """One revision; complete unless it says otherwise."""

    version: str
    description: str = ""
    type: int = 2
    applied: int = 2
    total: int = 2


@dataclass(frozen=True)
class Question:
    """A state of a target and the options of a run, in the words of the Go program's request."""

    name: str
    revisions: tuple[Row, ...] = ()
    order: str = "linear"
    baseline: str = ""
    allow_dirty: bool = False
    dirty: str = ""


def questions(directory: Directory) -> Iterator[Question]:
    """Yield every kind of state, made from the directory's own versions."""
    yield from first_runs([file.version for file in directory.migrations])
    rows = tuple(Row(version, "d") for version in sorted({file.version for file in directory.files}))
    for order in ORDERS:
        for name, state in states(rows):
            yield Question(f"{name}, {order}", state, order)


def first_runs(versions: list[str]) -> Iterator[Question]:
    yield Question("first run")
    yield Question("first run, dirty", dirty='found table "t"')
    yield Question("first run, dirty and allowed", dirty='found table "t"', allow_dirty=True)
    yield Question("baseline that is not there", baseline="nowhere", dirty='found table "t"')
    for version in versions:
        yield Question(f"baseline {version}", baseline=version, dirty='found table "t"')


def states(rows: tuple[Row, ...]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    yield "a version before all", (Row("!"),)
    yield "a version behind all", (Row("~"),)
    yield "partial without a file", (Row("~", "gone", applied=1),)
    yield "partial without a file or name", (Row("~", applied=0),)
    for place, row in enumerate(rows):
        partial = replace(row, applied=1)
        yield f"up to {row.version}", rows[: place + 1]
        yield f"only {row.version}", (row,)
        yield f"all but {row.version}", rows[:place] + rows[place + 1 :] or (Row("~"),)
        yield f"partial {row.version}", (*rows[:place], partial)
        yield f"only partial {row.version}", (partial,)
        yield f"set {row.version}", (replace(row, type=4, applied=0, total=0),)
        yield f"baseline row {row.version}", (replace(row, type=1, applied=0, total=0),)
        yield f"gap before {row.version}", (rows[0], row) if place else (row,)


CASES = [(path, question) for path in DIRECTORIES for question in questions(read_directory(path))]


@pytest.fixture(scope="module")
def go_answers(interchange: Interchange) -> list[Any]:
    return interchange.ask("pending", [{"path": str(path), **asdict(question)} for path, question in CASES])


def ours(directory: Directory, question: Question) -> dict[str, Any]:
    options = ApplyOptions(
        exec_order=ExecOrder(question.order),
        baseline=question.baseline,
        allow_dirty=question.allow_dirty,
        operator_version=OPERATOR,
    )
    try:
        validate(directory)
        files = pending_files(
            directory,
            [revision(row) for row in question.revisions],
            options=options,
            dirt=lambda: question.dirty or None,
        ).files
    except AtlasError as error:
        return {"files": None, "error": str(error)}
    if not files:
        return {"files": None, "error": NOTHING}
    return {"files": [file.name for file in files], "error": ""}


def revision(row: Row) -> Revision:
    return Revision(
        version=row.version,
        description=row.description,
        type=RevisionType(row.type),
        applied=row.applied,
        total=row.total,
        executed_at=datetime(2026, 1, 1, tzinfo=UTC),
        operator_version=OPERATOR,
    )


def expected(directory: Directory, question: Question, answer: dict[str, Any]) -> dict[str, Any]:
    """Return what we should say where the Go executor gives this answer."""
    last = question.revisions[-1] if question.revisions else None
    if last and last.applied != last.total and not directory.migrations and answer["error"] == NOTHING:
        return {
            "files": None,
            "error": MISSING.format(f"{last.version}_{last.description}.sql".replace("_.", ".")),
        }
    words = (
        answer["error"].removeprefix("sql/migrate: validate migration directory: ").replace("~_.sql", "~.sql")
    )
    return {"files": answer["files"], "error": words}


def test_there_are_several_states_for_each_directory():
    assert len(CASES) >= 10 * len(DIRECTORIES)


@pytest.mark.parametrize("path", DIRECTORIES, ids=lambda path: path.name)
def test_the_same_files_are_pending(path: Path, go_answers: list[Any]):
    answers = [(case[1], answer) for case, answer in zip(CASES, go_answers, strict=True) if case[0] == path]
    directory = read_directory(path)
    theirs = {question.name: expected(directory, question, answer) for question, answer in answers}
    assert {question.name: ours(directory, question) for question, _ in answers} == theirs
