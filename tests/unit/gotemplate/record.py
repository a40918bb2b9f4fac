"""Templates, data and what Go 1.26 makes of them (``cases.json``), as both suites read them.

``tests/clients/gotemplate`` proves with the real text/template that the record is Go's; the unit suite holds
``atlas.gotemplate`` to the record.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from atlas.gotemplate.values import GoMap

RECORD = Path(__file__).with_name("cases.json")


class Case(NamedTuple):
    """``expected`` is the text, or the message when ``fails``; ``data`` is JSON where ``{"$map": …}`` is a Go map."""

    topic: str
    template: str
    data: object
    expected: str
    fails: bool


def read_cases() -> list[Case]:
    record = json.loads(RECORD.read_text())
    return [
        Case(
            topic,
            row["template"],
            record["data"][row["data"]],
            row.get("error", row.get("text")),
            "error" in row,
        )
        for topic, rows in record["cases"].items()
        for row in rows
    ]


def as_document(value: object) -> object:
    """JSON data as the values that stand for Go's structs and maps."""
    if isinstance(value, list):
        return [as_document(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$map" in value:
        return GoMap({key: as_document(item) for key, item in value["$map"].items()})
    return {key: as_document(item) for key, item in value.items()}
