"""Every command that takes a directory, on every kind of directory URL: as the table of the reference says.

The page is the expectation: each cell works, and it is shown that these files were meant, or it ends as the page says
with nothing written.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest
from atlas.cli.commands.table import COMMANDS as ALL_COMMANDS
from atlas.cli.commands.table import Command
from atlas.cli.flags.parser import Parser, add_project_flags
from atlas.server.run import DataOptions

from tests.integration.cli.conftest import Answer
from tests.integration.cli.directory_world import TOOLS, World, make_world
from tests.integration.registry.conftest import B, Served, serving

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "directories.md"
DEV = ("--dev-url", "sqlite://dev?mode=memory")
TEMPLATES = ("--env", "templates")
URLS: Mapping[str, tuple[str, ...]] = {
    "folder": ("file://migrations",),
    "of a tool": tuple(f"file://{tool}?format={tool}" for tool in TOOLS),
    "archive": ("file://migrations.tar.gz",),
    "archive of a tool": ("file://goose.tar?format=goose",),
    "templates": ("env://migration.dir",),
    "`atlas://`": ("atlas://app",),
    "`mem://`": ("mem://nothing",),
    "`.zip`": ("file://migrations.zip",),
    "nothing there": ("file://nowhere",),
}
COMMANDS: Mapping[str, str] = {
    "migrate apply": "DIR --url sqlite://app.db",
    "migrate checkpoint": "DIR DEV",
    "migrate diff": "three DIR DEV --to file://three.sql",
    "migrate diff --to": "two --dir file://base DEV --to URL",
    "migrate down": "DIR DEV --url sqlite://done.db --auto-approve",
    "migrate edit": "2 DIR",
    "migrate hash": "DIR",
    "migrate import --from": "--from URL --to file://made",
    "migrate import --to": "--from file://goose?format=goose --to URL",
    "migrate lint": "DIR DEV --latest 1",
    "migrate lint --base": "--dir file://migrations DEV --base URL",
    "migrate lint --git-base": "DIR DEV --git-base base",
    "migrate ls": "DIR",
    "migrate new": "three DIR",
    "migrate pull atlas://…": "app DIR",
    "migrate pull": "URL --dir file://made",
    "migrate push": "pushed DIR DEV",
    "migrate rebase": "1 DIR",
    "migrate rm": "2 DIR",
    "migrate set": "2 DIR --url sqlite://app.db",
    "migrate show": "2 DIR",
    "migrate status": "DIR --url sqlite://app.db",
    "migrate test": "DIR DEV migrate.test.hcl",
    "migrate validate": "DIR DEV",
    "schema apply --to": "--url sqlite://app.db --to URL --auto-approve",
    "schema clean --url": "--url URL --auto-approve",
    "schema diff --from": "--from URL --to file://three.sql DEV",
    "schema diff --to": "--from file://base --to URL DEV",
    "schema inspect --url": "--url URL DEV",
    "schema lint --url": "--url URL DEV",
    "schema plan --from": "--from URL --to file://three.sql DEV --dry-run",
    "schema plan --to": "--from file://base --to URL DEV --dry-run",
    "schema push --url": "pushed --url URL DEV",
    "schema stats inspect --url": "--url URL",
    "schema test --url": "--url URL DEV schema.test.hcl",
}


def table(heading: str) -> list[list[str]]:
    """The rows of a table of the page, its head first."""
    lines = PAGE.read_text().splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(heading))
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines[start:])
    return [
        [cell.strip() for cell in row.strip("|").split("|")] for row in rows if not row.startswith("|---")
    ]


CELLS: Mapping[str, tuple[str, ...]] = {
    row[0].strip("`"): tuple(row[1:]) for row in table("| command | folder ")[1:]
}
REFUSALS: Mapping[str, tuple[int, str]] = {
    word: (int(code), text) for word, code, text in table("| word | exit code ")[1:]
}


def cells() -> Iterator[object]:
    for command, row in CELLS.items():
        for (kind, urls), expected in zip(URLS.items(), row, strict=True):
            for url in urls:
                yield pytest.param(command, url, expected, id=f"{command} {kind} {url}")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    make_world(folder)
    return folder


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(DataOptions(tmp_path_factory.mktemp("registry"))) as served:
        served.push(B)
        yield served


@pytest.fixture
def world(template: Path, registry: Served, tmp_path: Path) -> World:
    environ = {"ATLAS_CLOUD_URL": registry.url, "ATLAS_TOKEN": registry.token, "EDITOR": "sed -i s/two/zwei/"}
    return World.copied(template, tmp_path, environ)


def words_of(command: str, url: str) -> list[str]:
    """The command line: templates are of an env, which fills ``--dir``."""
    is_templates = url.startswith("env://")
    words = [word for word in command.split() if word[0] != "-" and "://" not in word]
    for word in COMMANDS[command].split():
        match word:
            case "DIR":
                words += [] if is_templates else ["--dir", url]
            case "URL":
                words.append(url)
            case "DEV":
                words += DEV
            case _:
                words.append(word)
    return [*words, *TEMPLATES] if is_templates else words


@pytest.mark.parametrize(("command", "url", "expected"), list(cells()))
def test_a_command_takes_a_directory_or_says_why_not(
    world: World, command: str, url: str, expected: str
) -> None:
    prepare(world, command, url)
    before = world.files()

    answer = world(*words_of(command, url))

    if expected == "yes":
        assert answer.code == 0, answer
        PROOFS[command](world, answer, folder_of(url))
        return
    code, text = REFUSALS[expected]
    assert (answer.code, answer.out) == (code, "")
    assert text in answer.err
    assert world.files() == before
    assert not (world.folder / "nowhere").exists()
    assert not (world.folder / "app.db").exists() or world.tables() == []


def prepare(world: World, command: str, url: str) -> None:
    """A database that has both files, and a sum that is wrong, for the commands whose work begins there."""
    if command == "migrate down":
        assert world("migrate", "apply", "--dir", "file://migrations", "--url", "sqlite://done.db").code == 0
    sums = world.folder / folder_of(url) / "atlas.sum"
    if command == "migrate hash" and sums.is_file():
        sums.write_text("h1:of other files\n")


def folder_of(url: str) -> Path:
    path = url.partition("://")[2].partition("?")[0]
    return Path("templates" if url.startswith("env://") else path)


def changed(world: World, folder: Path) -> str:
    """The texts of a folder whose sum is that of its files: put together, with the names before them."""
    tool = f"?format={folder}" if str(folder) in TOOLS else ""
    assert world("migrate", "validate", "--dir", f"file://{folder}{tool}").code == 0
    files = sorted((world.folder / folder).glob("*.sql"))
    return "".join(f"{file.name}\n{file.read_text()}" for file in files)


def both(text: str) -> bool:
    return "one" in text and "two" in text


Proof = Callable[[World, Answer, Path], None]


def says(*texts: str, but: str = "nothing else") -> Proof:
    def proof(_world: World, answer: Answer, _folder: Path) -> None:
        assert all(text in answer.out for text in texts), answer
        assert but not in answer.out, answer

    return proof


def silent(_world: World, answer: Answer, _folder: Path) -> None:
    assert answer.out == ""


def has_both_tables(world: World, _answer: Answer, _folder: Path) -> None:
    assert world.tables() == ["one", "two"]


def went_down(world: World, _answer: Answer, _folder: Path) -> None:
    assert world.tables("done.db") == ["one"]


def writes(*texts: str, but: str = "nothing else") -> Proof:
    """Into the folder that is meant, and its sum is right."""

    def proof(world: World, _answer: Answer, folder: Path) -> None:
        found = changed(world, folder)
        assert all(text in found for text in texts), found
        assert but not in found, found

    return proof


def made(world: World, _answer: Answer, _folder: Path) -> None:
    assert both(changed(world, Path("made")))


def planned_two(world: World, _answer: Answer, _folder: Path) -> None:
    [file] = (world.folder / "base").glob("*_two.sql")
    assert "CREATE TABLE `two`" in file.read_text()
    assert "`one`" not in file.read_text()


def pushed(world: World, _answer: Answer, _folder: Path) -> None:
    assert world("migrate", "pull", "pushed", "--dir", "file://made").code == 0
    assert both(changed(world, Path("made")))


def pushed_schema(world: World, answer: Answer, _folder: Path) -> None:
    assert "/schemas/" in answer.out
    assert both(world("schema", "inspect", "--url", "atlas://pushed", *DEV).out)


PROOFS: Mapping[str, Proof] = {
    "migrate apply": has_both_tables,
    "migrate checkpoint": writes("atlas:checkpoint", "CREATE TABLE `one`", "CREATE TABLE `two`"),
    "migrate diff": writes("three"),
    "migrate diff --to": planned_two,
    "migrate down": went_down,
    "migrate edit": writes("zwei"),
    "migrate hash": writes(),
    "migrate import --from": made,
    "migrate import --to": writes("one", "two"),
    "migrate lint": says("analyzing version 2", but="analyzing version 1"),
    "migrate lint --base": silent,
    "migrate lint --git-base": says("analyzing version 2", but="analyzing version 1"),
    "migrate ls": says("1_one", "2_two"),
    "migrate new": writes("three"),
    "migrate pull atlas://…": writes("one", "two"),
    "migrate pull": made,
    "migrate push": pushed,
    "migrate rebase": writes("3_one.sql", but="1_one.sql"),
    "migrate rm": writes("1_one.sql", but="2_two.sql"),
    "migrate set": says("1 ", "2 (two)"),
    "migrate show": says("CREATE TABLE two", but="one"),
    "migrate status": says("Pending Files:   2"),
    "migrate test": says("PASS"),
    "migrate validate": silent,
    "schema apply --to": has_both_tables,
    "schema diff --from": says("`three`", but="`two`"),
    "schema diff --to": says("`two`", but="`one`"),
    "schema inspect --url": says('table "one"', 'table "two"'),
    "schema lint --url": says("0 diagnostics"),
    "schema plan --from": says("`three`", but="`two`"),
    "schema plan --to": says("`two`", but="`one`"),
    "schema push --url": pushed_schema,
    "schema test --url": says("PASS"),
}


def test_the_page_has_every_command_that_is_run_here_and_no_other() -> None:
    assert CELLS.keys() == COMMANDS.keys()
    assert {cell for row in CELLS.values() for cell in row} - {"yes"} == REFUSALS.keys()


def test_the_page_has_every_command_that_takes_a_directory() -> None:
    taking = [" ".join(command.words) for command in ALL_COMMANDS if takes_a_directory(command)]
    assert "migrate apply" in taking
    assert [name for name in taking if not any(row.startswith(name) for row in CELLS)] == []


def takes_a_directory(command: Command) -> bool:
    parser = Parser(command.words, command.summary)
    add_project_flags(parser)
    import_module(command.module).define(parser)
    return "--dir " in parser.format_help()
