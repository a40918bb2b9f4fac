"""Random command lines: words and flags of all commands, mixed, with values that mean nothing or too much.

``ATLAS_TEST_RANDOM_WORDS`` is how many; the same number draws the same lines.
"""

from __future__ import annotations

import os
import random
import time
from importlib import import_module

import pytest
from atlas.cli.commands.table import COMMANDS, Command
from atlas.cli.flags.parser import Parser, add_project_flags

from tests.integration.cli.conftest import Shell
from tests.nursery import run_atlas

COUNT = int(os.environ.get("ATLAS_TEST_RANDOM_WORDS", "60"))
DOCUMENTED = {0, 1, 3}
LIMIT_S = 30
CANARY = "canary-random"
SERVING = {("operator", "run"), ("registry", "serve")}
"""Their purpose is not to end."""
VALUES = [
    "",
    "-",
    "0",
    "-1",
    "99999999999999999999",
    "1.5",
    "10s",
    "ten",
    "{{ json . }}",
    "{{ .Nosuch.Field }}",
    "{{",
    "{}",
    "[1]",
    "name=value",
    'a,b"',
    "main.*",
    "[",
    "é 字",
    "file://",
    "file://migrations",
    "file://nosuch",
    "file://schema.sql",
    "file://schema.hcl",
    "file://atlas.hcl",
    "sqlite://app.db",
    "sqlite://dev?mode=memory",
    "sqlite://",
    f"postgres://u:{CANARY}@127.0.0.1:1/app?sslmode=disable",
    f"mysql://u:{CANARY}@127.0.0.1:1/app",
    f"postgres://u:{CANARY}#{CANARY}@h/app",
    f"oracle://u:{CANARY}@h/x",
    "atlas://app?tag=v1",
    "env://url",
    "env://",
    "mem://x/y",
    "docker://postgres/15",
    "local",
    "1",
    "linear",
    "none",
    "sqlite",
]
FILES = {
    "atlas.hcl": 'env "local" {\n  url = "sqlite://app.db"\n  dev = "sqlite://dev?mode=memory"\n'
    '  src = "file://schema.sql"\n  migration {\n    dir = "file://migrations"\n  }\n}\n',
    "schema.sql": "CREATE TABLE a (id integer);\n",
    "schema.hcl": 'schema "main" {\n}\n',
    "migrations/1_a.sql": "CREATE TABLE a (id integer);\n",
    "migrations/atlas.sum": "h1:placeholder\n",
}
WORDS = [command.words for command in COMMANDS if command.words not in SERVING]


def flags_of(command: Command) -> list[str]:
    parser = Parser(command.words, command.summary)
    add_project_flags(parser)
    import_module(command.module).define(parser)
    return [option for action in parser.actions for option in action.option_strings if action.dest != "help"]


FLAGS = {command.words: flags_of(command) for command in COMMANDS}
ALL_FLAGS = sorted({flag for flags in FLAGS.values() for flag in flags})


def drawn(number: int) -> list[str]:
    """A command, most often whole; most of its flags its own; now and then a word from anywhere."""
    draw = random.Random(number)
    command = draw.choice(WORDS)
    own = FLAGS[command]
    line = list(command if draw.random() < 0.95 else draw.sample(command, len(command)))
    for _ in range(draw.randint(0, 5)):
        flag = draw.choice(own if draw.random() < 0.85 else ALL_FLAGS)
        value = draw.choice(VALUES)
        line += draw.choice([[flag, value], [flag, value], [f"{flag}={value}"], [flag], [value]])
    return line


@pytest.mark.parametrize("number", range(COUNT))
def test_a_random_line_ends_with_a_documented_code(number: int, atlas: Shell) -> None:
    for name, text in FILES.items():
        path = atlas.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    line = drawn(number)
    started = time.monotonic()
    environ = {**atlas.environ, "DB_PASSWORD": CANARY}
    done = run_atlas(line, folder=atlas.folder, environ=environ, timeout_s=60)
    took_s = time.monotonic() - started
    shown = done.stdout + done.stderr
    assert done.returncode in DOCUMENTED, (line, shown)
    assert "Traceback" not in shown, (line, shown)
    assert "bug of atlas" not in shown, (line, shown)
    assert CANARY not in shown, (line, shown)
    assert done.returncode == 0 or "Error: " in shown or "Abort: " in shown or "FAIL" in shown, (line, shown)
    assert took_s < LIMIT_S, (line, took_s)
