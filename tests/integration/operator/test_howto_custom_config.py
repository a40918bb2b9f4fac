"""The page ``docs/howto/custom-config.md`` says what the operator says: its example is read, its messages are real."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from atlas.reconcile.spec import read_migration

from tests.integration.operator.config_desk import ALLOW, ConfigDesk, env
from tests.integration.operator.desk import ONE, resource

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "custom-config.md"
TEXT = PAGE.read_text()
FILE = 'data "external" "x" {\n program = ["true"]\n}\n'
CASES: Mapping[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    'install the operator with "--set allowCustomConfig=true" to use custom atlas.hcl config': (
        {"config": env("")}, (),
    ),
    "env name must be set when using custom atlas.hcl config": ({"config": env(""), "envName": ""}, (ALLOW,)),
    "failed to parse project configuration: atlas.hcl:4:9: …": (
        {"config": 'env "prod" {\n dev = "x"\n\n  url = 1 +\n}'}, (ALLOW,),
    ),
    'env "prod" not defined in config file: atlas.hcl has …': (
        {"config": 'env "dev" {\n url = "x"\n}'}, (ALLOW,),
    ),
    'missing value for required variable "x"': (
        {"config": env("url = var.x", 'variable "x" {\n type = string\n}')}, (ALLOW,),
    ),
    "data.external.x runs a program, and an operator runs none": (
        {"config": env("url = data.external.x", FILE)}, (ALLOW,),
    ),
    'the path "x" is outside the folders that this operator allows': (
        {"config": env('url = file("x")')}, (ALLOW, "--allow-path", "/nowhere"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def messages() -> list[str]:
    table = TEXT.partition("## When it goes wrong")[2].partition("\n## ")[0]
    return [row.split("`")[1] for row in table.splitlines() if row.startswith("| `")]


def test_every_message_of_the_page_has_a_case(messages: list[str]) -> None:
    assert sorted(messages) == sorted(CASES)


@pytest.mark.parametrize("message", CASES)
def test_a_message_of_the_page_is_what_the_operator_says(tmp_path: Path, message: str) -> None:
    spec, flags = CASES[message]
    desk = ConfigDesk(tmp_path)
    desk.write("shop.yaml", resource("shop", {"envName": "prod", "dir": {"local": ONE}, **spec}))
    pattern = re.escape(message).replace("…", ".*").replace("4:9", r"\d+:\d+")
    assert re.search(pattern, desk.once(*flags))


def test_the_example_of_the_page_is_read() -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    spec = read_migration(yaml.safe_load(example)["spec"])
    assert spec.config.is_given
    assert spec.config.environment == "prod"
    assert [variable.key for variable in spec.config.variables] == ["password"]
