"""The record that ``tests/unit/gotemplate`` holds us to is what Go's own text/template does."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.clients.interchange import Interchange, build, find_go
from tests.unit.gotemplate.record import read_cases

SOURCE = Path(__file__).parent
HOW_TO = "Go is missing: install Go 1.26 or newer (https://go.dev/dl) and put `go` on PATH"
LEAST_VERSION = (1, 26)
"""The messages of the record are of this version; earlier ones word some of them differently."""


def version_of(go: str) -> tuple[int, ...]:
    text = subprocess.run([go, "env", "GOVERSION"], check=True, capture_output=True, text=True).stdout
    return tuple(int(number) for number in re.findall(r"\d+", text)[:2])


@pytest.fixture(scope="module")
def oracle() -> Interchange:
    """The built program."""
    go = find_go()
    if go is None or version_of(go) < LEAST_VERSION:
        pytest.skip(HOW_TO)
    return build(go, SOURCE)


def our_type_names(text: str) -> str:
    """Go's anonymous structs and nil pointers, which have no name on our side."""
    text = re.sub(r"struct \{.*?\}(?=$| and|=)", "struct", text, flags=re.DOTALL)
    return text.replace("*string", "interface {}")


def test_go_renders_and_refuses_the_templates_of_the_record(oracle: Interchange) -> None:
    cases = read_cases()

    answers = oracle.ask("", [{"template": case.template, "data": case.data} for case in cases])

    assert len(answers) == len(cases) > 400
    differing = [
        (case.template, case.expected, got)
        for case, got in zip(cases, answers, strict=True)
        if our_type_names(got.get("error", got["text"])) != case.expected or ("error" in got) != case.fails
    ]
    assert differing == []
