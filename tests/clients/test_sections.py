"""Sections of generated files are those that Go's own txtar module finds, and their statements those of the Go scanners."""

from __future__ import annotations

import random
from base64 import b64decode, b64encode
from typing import Any

import pytest
from atlas.engine.directory import MigrationFile
from atlas.engine.directory.txtar import sections_of
from atlas.engine.scan import options_for
from atlas.errors import DirectoryError, ParseError

from tests.clients.answers import DIALECTS
from tests.clients.interchange import Interchange

SEED = 20261126
FILES = 1500
NAMES = ("migration.sql", "checks.sql", "checks/a.sql", "checks/b-2.sql", "down.sql")
ODD_NAMES = ("schema.sql", "migration", "checks/a/b.sql", "a comment", "Migration.sql", "checks/", "é")
LINES = (
    *(
        "SELECT 1;",
        "SELECT true;",
        "SELECT 2; SELECT 3;",
        "(SELECT 1);",
        "DROP TABLE a;",
        "SELECT '",
        "';",
        "SELECT (",
    ),
    *(
        "",
        "",
        " ",
        "-- a comment",
        "# a comment",
        "-- atlas:assert DS102",
        "-- atlas:assert oneof",
        "/* a",
        "*/",
        ")",
    ),
    *(
        "-- no end",
        "no begin --",
        "--x --",
        "-- x--",
        "--  --",
        "-- --",
        "-- a -- b --x",
        " -- indented --",
        "SELECT 1",
    ),
    *("BEGIN", "END;", "$$", "-- atlas:delimiter //", "SELECT 1 //", "DELIMITER //", "SELECT 1;\r", "\t"),
)


def generated(rng: random.Random) -> bytes:
    """A file that is often right, and otherwise wrong in one of many ways."""
    names = list(NAMES)
    rng.shuffle(names)
    names = names[: rng.randint(1, len(names))]
    if rng.random() < 0.9 and "migration.sql" not in names:
        names.append("migration.sql")
    if rng.random() < 0.2:
        names.insert(rng.randint(0, len(names)), rng.choice(ODD_NAMES + NAMES))
    lines = ["-- atlas:txtar", ""]
    if rng.random() < 0.1:
        lines.append(rng.choice(LINES))
    for name in names:
        lines.append(
            f"-- {' ' * rng.randint(0, 1)}{name}{' ' * rng.randint(0, 1)} --{rng.choice(['', '', '', chr(13)])}"
        )
        lines += rng.choices(LINES, k=rng.randint(0, 4))
    return ("\n".join(lines) + rng.choice(["\n", "\n", ""])).encode()


@pytest.fixture(scope="module")
def files() -> list[bytes]:
    rng = random.Random(SEED)
    return [generated(rng) for _ in range(FILES)]


@pytest.fixture(scope="module")
def go_sections(interchange: Interchange, files: list[bytes]) -> list[Any]:
    answers: list[Any] = interchange.ask("sections", [b64encode(file).decode() for file in files])
    return answers


def texts(section: Any, dialect: str) -> list[bytes] | None:
    """The statements that the Go scanner finds, None where it finds fault."""
    scanned = section["scanned"][dialect]
    return None if scanned["error"] else [b64decode(each["text"]) for each in scanned["statements"]]


def our_statements(file: MigrationFile, dialect: str) -> list[bytes] | None:
    try:
        return [statement.text.encode() for statement in file.statements(options_for(dialect))]
    except ParseError:
        return None


def has_text_before(content: bytes) -> bool:
    """The generator puts one line before the first section, and some of them are no comments."""
    line = content.split(b"\n")[2].strip()
    return bool(line) and not line.startswith((b"--", b"#"))


def ends_in_half_a_line_end(content: bytes) -> bool:
    """A section that would begin with the last line, if that ended with more than a carriage return."""
    return content.endswith(b" --\r")


def is_right(names: list[str]) -> bool:
    return "migration.sql" in names and len(names) == len(set(names)) and set(names) <= set(NAMES)


def test_sections_are_those_of_the_module(files: list[bytes], go_sections: list[Any]) -> None:
    for content, found in zip(files, go_sections, strict=True):
        expected = [(b64decode(each["name"]), b64decode(each["content"] or "")) for each in found]
        assert [(each.name.encode(), each.content) for each in sections_of(content)] == expected, content


def test_what_runs_is_what_the_go_scanners_find_in_the_migration(
    files: list[bytes], go_sections: list[Any]
) -> None:
    compared = refused = 0
    for content, found in zip(files, go_sections, strict=True):
        sections = {b64decode(each["name"]).decode(): each for each in found}
        names = [b64decode(each["name"]).decode() for each in found]
        if ends_in_half_a_line_end(content) or not is_right(names):
            with pytest.raises(DirectoryError):
                MigrationFile("1.sql", content).statements(options_for("postgres"))
            refused += 1
            continue
        for dialect in DIALECTS:
            if has_text_before(content):
                with pytest.raises(DirectoryError, match="text before its first section"):
                    our_statements(MigrationFile("1.sql", content), dialect)
                continue
            ours = our_statements(MigrationFile("1.sql", content), dialect)
            assert ours == texts(sections["migration.sql"], dialect), (dialect, content)
            compared += 1
    assert compared > 2 * FILES
    assert refused > FILES / 10


def test_checks_are_what_the_go_scanners_find_in_their_sections(
    files: list[bytes], go_sections: list[Any]
) -> None:
    compared = 0
    for content, found in zip(files, go_sections, strict=True):
        sections = [(b64decode(each["name"]).decode(), each) for each in found]
        for dialect in DIALECTS:
            try:
                checks = MigrationFile("1.sql", content).checks(options_for(dialect))
            except (DirectoryError, ParseError):
                continue
            ours = [
                (each.name, [statement.text.encode() for statement in each.statements]) for each in checks
            ]
            theirs = [(name, texts(each, dialect)) for name, each in sections if name.startswith("checks")]
            assert ours == theirs, (dialect, content)
            compared += bool(checks)
    assert compared > FILES / 20
