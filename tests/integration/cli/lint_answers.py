"""Answers of ``migrate lint`` without what differs from run to run."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.integration.cli.conftest import Shell

DEV = "sqlite://dev?mode=memory"
TWO = {"1.sql": "CREATE TABLE t (c int, d text);\n", "2.sql": "DROP TABLE t;\n"}


def redacted(text: str) -> str:
    """Durations as ``DUR``."""
    return re.sub(r"\b\d+(\.\d+)?(ns|µs|ms|s)\b", "DUR", text)


def lint(atlas: Shell, *words: str) -> tuple[int, str]:
    answer = atlas("migrate", "lint", "--dev-url", DEV, *words)
    assert answer.err == ""
    return answer.code, redacted(answer.out)


def document(atlas: Shell, *words: str) -> tuple[int, Any]:
    answer = atlas("migrate", "lint", "--dev-url", DEV, "--format", "{{ json . }}", *words)
    assert answer.err == ""
    return answer.code, json.loads(answer.out)


def found_codes(atlas: Shell, url: str, *words: str) -> list[tuple[int, str]]:
    """Line and code of each finding."""
    answer = atlas("migrate", "lint", "--dev-url", url, "--latest", "1", *words)
    assert answer.err == ""
    text = re.sub(r"\n {9}", " ", answer.out)
    return [(int(line), code) for line, code in re.findall(r"-- L(\d+): .*?#([A-Z]+\d+)\n", text)]
