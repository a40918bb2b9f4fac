"""docs/reference/clients.md and reality: every method of the clients, every proof, and the databases it runs on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.clients.interchange import Interchange

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reference" / "clients.md"
PROOF = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL", "mariadb": "MariaDB"}


class Row(NamedTuple):
    """A method of the newer client."""

    method: str
    command: str
    state: str
    databases: str
    success: str
    failure: str


class Step(NamedTuple):
    """A step of Terraform."""

    name: str
    calls: tuple[str, ...]
    databases: str
    proof: str


def cells(columns: int) -> list[list[str]]:
    """The rows of the table that has so many columns, without its head."""
    lines = (line for line in PAGE.read_text().splitlines() if line.startswith("| "))
    found = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return [row for row in found if len(row) == columns][1:]


ROWS = [Row(method.strip("`"), command.strip("`"), *rest) for method, command, *rest in cells(6)]
STEPS = [Step(name, tuple(re.findall(r"`(\w+)`", calls)), *rest) for name, calls, *rest in cells(4)]


@pytest.fixture(scope="module")
def collected() -> dict[tuple[str, str], set[str]]:
    """The databases that each test of a client is collected for, by file and name."""
    files = sorted(map(str, [*HERE.glob("test_client_*.py"), *HERE.glob("test_terraform_*.py")]))
    words = ["-m", "pytest", "--collect-only", "-q", "-p", "no:randomly", *files]
    done = subprocess.run(
        [sys.executable, *words], cwd=HERE.parents[1], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path, name, case in re.findall(r"^\S*?([\w.]+\.py)::(\w+)(\[.*\])?$", done.stdout, re.MULTILINE):
        found[path, name] |= {NAMES[word] for word in re.findall(r"\w+", case) if word in NAMES}
    return found


@cache
def words_of(path: str) -> dict[str, tuple[set[str], set[str]]]:
    """What a file defines: the strings in it, and the names that it uses."""
    tree = ast.parse((HERE / path).read_text())
    found: dict[str, tuple[set[str], set[str]]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                inside = list(ast.walk(node))
                texts = {
                    each.value
                    for each in inside
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
                used = {each.id for each in inside if isinstance(each, ast.Name)}
                used |= {each.attr for each in inside if isinstance(each, ast.Attribute)}
                found[name] = (texts, used - {name})
    return found


def strings_of(path: str, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The strings of a test, and of what it uses of its own file."""
    defined = words_of(path)
    if name not in defined or name in seen:
        return set()
    texts, used = defined[name]
    return texts.union(*(strings_of(path, each, seen | {name}) for each in used))


def test_every_method_of_the_client_is_listed_once(interchange: Interchange) -> None:
    methods = {method["Name"]: method["Runs"] for method in interchange.ask("methods", {})}
    assert sorted(row.method for row in ROWS) == sorted(methods)
    assert {row.method for row in ROWS if row.state != "no command"} == {
        name for name, runs in methods.items() if runs
    }
    assert {row.state for row in ROWS} == {"served", "refused", "no command"}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.state != "no command"], ids=lambda row: row.method
)
def test_a_method_is_proven_by_tests_that_call_it_on_these_databases(
    row: Row, collected: dict[tuple[str, str], set[str]]
) -> None:
    proofs = [match.groups() for match in map(PROOF.fullmatch, (row.success, row.failure)) if match]
    assert len(proofs) == (2 if row.state == "served" else 1)
    for path, name in proofs:
        assert (path, name) in collected
        assert row.method in strings_of(path, name), f"{name} does not call {row.method}"
    of_proof = collected[proofs[0][0], proofs[0][1]]
    assert row.databases == ", ".join(name for name in NAMES.values() if name in of_proof)


def test_a_served_command_is_one_that_there_is_and_a_refused_one_is_not() -> None:
    from atlas.cli.commands.table import COMMANDS

    known = {" ".join(command.words) for command in COMMANDS}
    assert {row.method: row.command in known for row in ROWS if row.command} == {
        row.method: row.state == "served" for row in ROWS if row.command
    }


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_is_proven_by_a_test_that_exists_on_these_databases(
    step: Step, collected: dict[tuple[str, str], set[str]]
) -> None:
    (proof,) = PROOF.findall(step.proof)
    assert step.databases == ", ".join(name for name in NAMES.values() if name in collected[proof])


def test_the_counts_of_the_page_are_those_of_its_tables(provider_program: Interchange) -> None:
    text = PAGE.read_text()
    states = [row.state for row in ROWS]
    served, refused, without = (states.count(state) for state in ("served", "refused", "no command"))
    assert f"{len(ROWS)} methods: {served} served, {refused} refused, {without} that run no command" in text
    called = {call for step in STEPS for call in step.calls}
    methods = set(provider_program.ask("methods", {"Provider": {}})["Calls"])
    assert called <= methods
    assert f"{len(STEPS)} steps, in which {len(called)} of its {len(methods)} methods are called" in text
