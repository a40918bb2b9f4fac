"""The record that ``tests/unit/gotemplate`` holds us to is what Go's own text/template does.

``main.go`` is built once a version of it, into ``$ATLAS_TEST_CACHE``, ``$XDG_CACHE_HOME/atlas-operator`` or
``~/.cache/atlas-operator``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.gotemplate.record import read_cases

SOURCE = Path(__file__).parent
HOW_TO = "Go is missing: install Go 1.26 or newer (https://go.dev/dl) and put `go` on PATH"
LEAST_VERSION = (1, 26)
"""The messages of the record are of this version; earlier ones word some of them differently."""


def go_version() -> tuple[int, ...]:
    text = subprocess.run(["go", "env", "GOVERSION"], check=True, capture_output=True, text=True).stdout
    return tuple(int(number) for number in re.findall(r"\d+", text)[:2])


def cached_oracle() -> Path:
    environ = os.environ
    cache = environ.get("ATLAS_TEST_CACHE")
    shared = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "atlas-operator"
    folder = Path(cache) if cache else shared
    digest = hashlib.sha256((SOURCE / "main.go").read_bytes()).hexdigest()[:16]
    return folder / "gotemplate" / f"oracle-{'.'.join(map(str, go_version()))}-{digest}"


@pytest.fixture(scope="module")
def oracle() -> Path:
    """The built program."""
    if shutil.which("go") is None or go_version() < LEAST_VERSION:
        pytest.skip(HOW_TO)
    program = cached_oracle()
    if not program.exists():
        program.parent.mkdir(parents=True, exist_ok=True)
        built = program.with_name(f"{program.name}.{os.getpid()}")
        environ = {**os.environ, "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "GOPROXY": "off"}
        subprocess.run(["go", "build", "-o", built, "."], check=True, cwd=SOURCE, env=environ)
        built.rename(program)
    return program


def our_type_names(text: str) -> str:
    """Go's anonymous structs and nil pointers, which have no name on our side."""
    text = re.sub(r"struct \{.*?\}(?=$| and|=)", "struct", text, flags=re.DOTALL)
    return text.replace("*string", "interface {}")


def test_go_renders_and_refuses_the_templates_of_the_record(oracle: Path) -> None:
    cases = read_cases()
    asked = json.dumps([{"template": case.template, "data": case.data} for case in cases])

    answer = subprocess.run([oracle], input=asked, check=True, capture_output=True, text=True, timeout=60)
    answers = json.loads(answer.stdout)

    assert len(answers) == len(cases) > 400
    differing = [
        (case.template, case.expected, got)
        for case, got in zip(cases, answers, strict=True)
        if our_type_names(got.get("error", got["text"])) != case.expected or ("error" in got) != case.fails
    ]
    assert differing == []
