"""``docs/reference/chart.md``: every value of the chart, from the comments of its ``values.yaml``; and its copy of the CRDs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CHART = ROOT / "charts" / "atlas-operator"
CRDS = ROOT / "crds"
COPIES = CHART / "files" / "crds"
TARGET = Path(__file__).parent / "reference" / "chart.md"
HEAD = """\
# Values of the chart

Written by `make docs` from `charts/atlas-operator/values.yaml`; a test fails when it is out of date. A value that is not
here is refused by `values.schema.json`, so that a misspelt one does not pass. [How to install](../howto/helm.md).

| value | default | |
|---|---|---|
"""
_MARK = "# -- "


class Value(NamedTuple):
    """A row: where it is, what it is when nothing is said, and what it means ('' where nobody wrote it down)."""

    path: str
    default: object
    meaning: str


def values() -> list[Value]:
    """Every value in the order of the file; below one that is explained nothing else is a row."""
    text = (CHART / "values.yaml").read_text(encoding="utf-8")
    root = yaml.compose(text)
    if not isinstance(root, yaml.MappingNode):
        raise TypeError("values.yaml is no mapping")
    return list(_below(root, "", text.splitlines()))


def _below(node: yaml.MappingNode, path: str, lines: list[str]) -> Iterator[Value]:
    for key, value in node.value:
        here = f"{path}{key.value}"
        before = lines[key.start_mark.line - 1].strip() if key.start_mark.line else ""
        meaning = before.removeprefix(_MARK) if before.startswith(_MARK) else ""
        if isinstance(value, yaml.MappingNode) and value.value and not meaning:
            yield from _below(value, f"{here}.", lines)
        else:
            yield Value(here, yaml.safe_load(yaml.serialize(value)), meaning)


def page() -> str:
    """The whole page."""
    return HEAD + "".join(
        f"| `{value.path}` | `{json.dumps(value.default)}` | {value.meaning.replace('|', chr(92) + '|')} |\n"
        for value in values()
    )


def copy_crds() -> None:
    """Make the chart's definitions those of ``crds``: Helm reads nothing outside of a chart."""
    COPIES.mkdir(parents=True, exist_ok=True)
    for old in COPIES.glob("*.yaml"):
        old.unlink()
    for crd in sorted(CRDS.glob("*.yaml")):
        (COPIES / crd.name).write_bytes(crd.read_bytes())
