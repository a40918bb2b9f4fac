"""The process that evaluates a project file: what it answers, what it is given, and that nothing in it lasts."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from atlas.errors import ParseError, PolicyRefused, SpecError, Unsupported
from atlas.handlers.config.evaluator import Evaluator
from atlas.project.data import MadeDirectory
from atlas.reconcile.config_ports import Evaluated, Request
from atlas.reconcile.ports import TargetRules

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "c4n4ry-t0-k33p"
MIB = 1024**2
FOR_EVER = "[for a in range(1000): [for b in range(1000): [for c in range(1000): [for d in range(1000): a]]]]"
DOUBLED = "locals {\n" + 'v0 = "0123456789abcdef"\n' + "".join(
    f'v{n} = "${{local.v{n - 1}}}${{local.v{n - 1}}}"\n' for n in range(1, 40)
) + "}\n"  # fmt: skip


def request(body: str, more: str = "", **variables: str) -> Request:
    return Request(text=f'env "prod" {{\n{body}\n}}\n{more}', environment="prod", variables=variables)


def said(evaluator: Evaluator, asked: Request) -> Evaluated:
    found = evaluator(asked).found
    assert isinstance(found, Evaluated), found
    return found


@pytest.fixture
def evaluator(tmp_path: Path) -> Evaluator:
    return Evaluator(TargetRules((str(tmp_path),)), "", {"PATH": os.environ["PATH"], "ATLAS_TOKEN": CANARY})


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_settings_variables_and_states_of_data_sources_come_back(
    evaluator: Evaluator, tmp_path: Path
) -> None:
    (tmp_path / "1_a.sql").write_text("CREATE TABLE {{ .name }} (id int);")
    text = (
        f'data "template_dir" "x" {{\n path = "{tmp_path}"\n vars = {{ name = var.name }}\n}}\n'
        'variable "name" { type = string }'
    )
    asked = request('url = "sqlite://${var.name}"\nnumber = 1.5\nmigration {\n dir = data.template_dir.x.url\n}',
                    text, name="users")  # fmt: skip
    found = said(evaluator, asked)
    assert found.env.url == "sqlite://users"
    made = found.memory.find(found.env.migration.dir)
    assert isinstance(made, MadeDirectory)
    assert made.files == (("1_a.sql", b"CREATE TABLE users (id int);"),)


@pytest.mark.parametrize(
    ("body", "more", "kind"),
    [
        ('url = "a" "b"', "", ParseError),
        ("url = var.none", 'variable "none" { type = string }', SpecError),
        ("url = data.external.x", 'data "external" "x" { program = ["true"] }', PolicyRefused),
    ],
)
def test_errors_come_back_as_what_they_are(
    evaluator: Evaluator, body: str, more: str, kind: type[Exception]
) -> None:
    assert type(evaluator(request(body, more)).found) is kind


def test_secrets_that_were_found_come_back_also_with_an_error(evaluator: Evaluator) -> None:
    more = f'data "runtimevar" "x" {{ url = "constant://?val={CANARY}" }}'
    assert evaluator(request("url = data.runtimevar.x", more)).secrets == (CANARY,)
    answer = evaluator(request("url = data.runtimevar.x + 1", more))
    assert isinstance(answer.found, ParseError)
    assert answer.secrets == (CANARY,)


@pytest.mark.parametrize(
    "expression",
    [
        'regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")',
        f'join("", flatten({FOR_EVER}))',
    ],
)
def test_a_file_that_would_never_end_is_ended_and_keeps_no_other_thread_waiting(
    tmp_path: Path, expression: str
) -> None:
    evaluator = Evaluator(TargetRules((str(tmp_path),)), "", {}, time_limit_s=2.0)
    before, stop, longest = children(), threading.Event(), [0.0]

    def watch() -> None:
        while not stop.is_set():
            begun_at = time.monotonic()
            time.sleep(0.01)
            longest[0] = max(longest[0], time.monotonic() - begun_at)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with pytest.raises(SpecError, match="took more than 2s to evaluate"):
            evaluator(request(f"url = {expression}"))
    finally:
        stop.set()
        watcher.join()
    assert longest[0] < 1.5
    assert children() - before == set()


def test_a_file_that_asks_for_all_memory_gets_none_of_the_operators(tmp_path: Path) -> None:
    evaluator = Evaluator(TargetRules((str(tmp_path),)), "", {}, memory_limit_bytes=512 * MIB)
    before = psutil.Process().memory_info().rss
    asked = request("url = local.v39", DOUBLED)
    try:
        message = str(evaluator(asked).found)
    except SpecError as error:
        message = str(error)
    assert "it must do less" in message
    assert psutil.Process().memory_info().rss - before < 64 * MIB


def test_an_answer_that_the_operator_could_not_hold_stays_where_it_is(evaluator: Evaluator) -> None:
    found = evaluator(request("url = local.v22", DOUBLED)).found
    assert str(found) == "what the project file says is larger than 32 MiB: it must say less"


def test_a_file_that_is_nested_too_deeply_is_told(evaluator: Evaluator) -> None:
    deep = "(" * 20_000 + "1" + ")" * 20_000
    try:
        found = evaluator(request(f"url = tostring({deep})")).found
    except SpecError as error:
        found = error  # the stack of C ended first
    assert isinstance(found, SpecError | ParseError)


def test_the_environment_of_the_process_has_clouds_and_networks_and_nothing_else(tmp_path: Path) -> None:
    environ = {"AWS_REGION": "r", "https_proxy": "p", "HOME": "/h", "ATLAS_TOKEN": CANARY,
               "ATLAS_DEV_URL_POSTGRES": CANARY, "PGPASSWORD": CANARY, "LD_PRELOAD": CANARY}  # fmt: skip
    proc = Evaluator(TargetRules(None), str(tmp_path), environ)
    found = said(proc, request('url = file("/proc/self/environ")'))
    assert sorted(found.env.url.strip("\0").split("\0")) == ["AWS_REGION=r", "HOME=/h", "https_proxy=p"]


def test_a_file_prints_nothing(evaluator: Evaluator) -> None:
    found = evaluator(request('url = print("x")')).found
    assert isinstance(found, Unsupported)
    assert "nowhere to print" in str(found)


def test_a_defect_tells_where_and_no_value(evaluator: Evaluator) -> None:
    broken = Request(text=7, environment="prod", variables={"a": CANARY})  # type: ignore[arg-type]  # a defect
    with pytest.raises(RuntimeError, match="has a defect") as caught:
        evaluator(broken)
    assert "load.py" in str(caught.value) or "parse" in str(caught.value)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "file://{outside}/secret",
        "FILE://{outside}/secret",
        " file://{outside}/secret",
        "file://{inside}/.\\n./outside/secret",
        "file://{inside}/%2e%2e/outside/secret",
        "file://inside@{outside}/secret",
        "file://{inside}/link",
        "file://link",
    ],
)
def test_no_spelling_of_a_path_leads_outside(tmp_path: Path, url: str) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
    (outside / "secret").write_text(CANARY)
    (inside / "link").symlink_to(outside / "secret")
    evaluator = Evaluator(TargetRules((str(inside),)), str(inside), {})
    text = url.replace("{inside}", str(inside)).replace("{outside}", str(outside))
    answer = evaluator(request("url = data.runtimevar.x", f'data "runtimevar" "x" {{ url = "{text}" }}'))
    assert isinstance(answer.found, SpecError | ParseError)
    assert answer.secrets == ()
    assert CANARY not in str(answer.found)
