"""external and external_schema: real programs, run only when the person who runs Atlas allows it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

from tests.integration.cli.conftest import ATLAS, Shell
from tests.integration.sources.conftest import EVALUATE, Evaluation

ALLOW = "--allow-programs"
SECRET = "s3cr3t-v4lue"


def program(code: str, more: str = "", type_: str = "external", arguments: tuple[str, ...] = ()) -> str:
    words = json.dumps([sys.executable, "-c", code, *arguments]).replace("${", "$${")
    return f'data "{type_}" "p" {{\n  program = {words}\n  {more}\n}}'


def test_the_output_is_the_value_as_it_was_printed(evaluate: Evaluation) -> None:
    assert evaluate(program("print('a'); print('b')"), "data.external.p", ALLOW) == "a\nb\n"


def test_both_ways_to_allow_programs_work_and_nothing_runs_without_them(evaluate: Evaluation) -> None:
    blocks = program("open('ran', 'a').write('x'); print('{\"k\": 1}')")
    refused = evaluate.refusal(blocks, "data.external.p")
    assert "give --allow-programs, or set ATLAS_ALLOW_PROGRAMS=1" in refused
    assert not (evaluate.folder / "ran").exists()
    assert evaluate(blocks, "jsondecode(data.external.p).k", ALLOW) == 1
    assert evaluate(blocks, "jsondecode(data.external.p).k", ATLAS_ALLOW_PROGRAMS="1") == 1
    assert (evaluate.folder / "ran").read_text() == "xx"


def test_no_shell_reads_the_words(evaluate: Evaluation) -> None:
    blocks = program("import sys; print(sys.argv[1:])", arguments=("$HOME; touch x", "*"))
    assert evaluate(blocks, "data.external.p", ALLOW) == "['$HOME; touch x', '*']\n"


def test_a_program_runs_in_its_working_dir_with_the_environment(evaluate: Evaluation) -> None:
    (evaluate.folder / "sub").mkdir()
    blocks = program(
        "import os; print(os.path.basename(os.getcwd()), os.environ['GIVEN'])", 'working_dir = "sub"'
    )
    assert evaluate(blocks, "data.external.p", ALLOW, GIVEN="x") == "sub x\n"


def test_a_program_that_fails_is_told_in_its_own_words_without_secrets(evaluate: Evaluation) -> None:
    code = (
        "import os, sys; print('the output'); "
        "sys.exit(f\"cannot connect to postgres://u:{os.environ['DB_PASSWORD']}@h/d as {os.environ['API_TOKEN']}\")"
    )
    refused = evaluate.refusal(
        program(code), "data.external.p", ALLOW, DB_PASSWORD=SECRET, API_TOKEN=f"{SECRET}-too"
    )
    assert "failed with exit code 1: cannot connect to postgres://u:xxxxx@h/d as xxxxx" in refused
    assert SECRET not in refused
    assert "the output" not in refused


def test_a_program_that_is_not_there_is_named(evaluate: Evaluation) -> None:
    blocks = 'data "external" "p" { program = ["no-such-program-here"] }'
    assert 'program "no-such-program-here" did not start' in evaluate.refusal(
        blocks, "data.external.p", ALLOW
    )


def test_output_that_is_no_text_is_not_shown(evaluate: Evaluation) -> None:
    blocks = program("import sys; sys.stdout.buffer.write(b'\\xff\\xfe" + SECRET + "')")
    refused = evaluate.refusal(blocks, "data.external.p", ALLOW)
    assert "printed something that is not UTF-8" in refused


def test_an_interrupt_ends_the_program_and_the_command(evaluate: Evaluation) -> None:
    blocks = program("import time; open('started', 'w').close(); time.sleep(60); open('ended', 'w').close()")
    evaluate.answer(blocks, "data.external.p")  # refused, and the file is written
    running = subprocess.Popen(
        [str(ATLAS), *EVALUATE, ALLOW],
        cwd=evaluate.folder,
        env=dict(evaluate.environ),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not (evaluate.folder / "started").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does
    assert running.wait(timeout=50) == 130
    running.communicate()
    assert not (evaluate.folder / "ended").exists()


def test_sql_of_a_program_is_a_desired_state(atlas: Shell) -> None:
    code = "print('CREATE TABLE users (id int NOT NULL, name text);')"
    (atlas.folder / "atlas.hcl").write_text(
        program(code, type_="external_schema")
        + '\nenv "e" {\n  src = data.external_schema.p.url\n  url = "sqlite://e.db"\n  dev = "sqlite://d?mode=memory"\n}\n'
    )
    shown = atlas.ok("schema", "apply", "--env", "e", "--auto-approve", ALLOW)
    assert "CREATE TABLE `users`" in shown
    assert "Schema is synced" in atlas.ok("schema", "apply", "--env", "e", "--auto-approve", ALLOW)


def test_a_mistake_in_sql_of_a_program_has_the_name_of_the_block_and_a_line(atlas: Shell) -> None:
    code = "print('CREATE TABLE a (id int);\\nCREATE TABL b (id int);')"
    (atlas.folder / "atlas.hcl").write_text(
        program(code, type_="external_schema")
        + '\nenv "e" {\n  src = data.external_schema.p.url\n  url = "sqlite://e.db"\n}\n'
    )
    answer = atlas("schema", "apply", "--env", "e", "--auto-approve", ALLOW)
    assert answer.code == 1
    assert 'data.external_schema.p:2: near "TABL": syntax error' in answer.err
