"""python-hcl2 reads every HCL file of the repository as our parser does: blocks, labels, names and literals."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import hcl2
import pytest
from atlas.hcl import parse
from atlas.hcl.nodes import Body, ListExpression, Literal

ROOT = Path(__file__).parents[3]
BOM = "\ufeff"
"""Ours passes over it, as the Go tools do; python-hcl2 knows none."""
FILES = sorted(
    path
    for folder in ("tests", "examples", "docs", "charts", "bench")
    for path in (ROOT / folder).rglob("*.hcl")
    if not {"node_modules", "broken"} & {*path.parts}
)


def test_there_are_files_to_compare() -> None:
    assert len(FILES) > 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_two_parsers_read_the_same(path: Path) -> None:
    text = path.read_text()
    ours = shape(parse(text, path.name))
    theirs = other_shape(hcl2.load(io.StringIO(text.removeprefix(BOM))))
    assert ours.keys() == theirs.keys()
    for place, literal in ours.items():
        if literal is not None:
            assert literal == theirs[place], place


def shape(body: Body, place: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """Every attribute by its place, with its value when that is a literal, or a list of literals."""
    found: dict[tuple[str, ...], object] = {}
    for name, attribute in body.attributes.items():
        expression = attribute.expression
        if isinstance(expression, Literal):
            found[*place, name] = expression.value
        elif isinstance(expression, ListExpression) and all(
            isinstance(item, Literal) for item in expression.items
        ):
            found[*place, name] = [item.value for item in expression.items if isinstance(item, Literal)]
        else:
            found[*place, name] = None
    seen: Counter[tuple[str, ...]] = Counter()
    for block in body.blocks:
        head = (block.type, *block.labels)
        inner = (*place, *head, f"#{seen[head]}")
        seen[head] += 1
        found[inner] = None
        found |= shape(block.body, inner)
    return found


def other_shape(document: dict[str, Any], place: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """The same of python-hcl2's dicts, where blocks are lists, labels keys in quotes, and strings as written."""
    found: dict[tuple[str, ...], object] = {}
    for name, value in document.items():
        if name.startswith("__"):
            continue
        blocks = [labelled(each) for each in value] if isinstance(value, list) and value else []
        if not blocks or None in blocks:
            found[*place, name] = (
                [literal(each) for each in value] if isinstance(value, list) else literal(value)
            )
            continue
        seen: Counter[tuple[str, ...]] = Counter()
        for labels, body in filter(None, blocks):
            head = (name, *labels)
            inner = (*place, *head, f"#{seen[head]}")
            seen[head] += 1
            found[inner] = None
            found |= other_shape(body, inner)
    return found


def labelled(value: Any) -> tuple[tuple[str, ...], dict[str, Any]] | None:
    """The labels and body of a block; None for an element of a list."""
    labels: list[str] = []
    while isinstance(value, dict):
        if "__is_block__" in value:
            return tuple(labels), value
        if len(value) != 1:
            return None
        label, value = next(iter(value.items()))
        labels.append(label.strip('"'))
    return None


def literal(value: Any) -> object:
    if not isinstance(value, str) or not value.startswith('"'):
        return value
    inner = value[1:-1]
    if not inner.startswith("<<"):
        inner = inner.replace("\\\\", "\0").replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t")
        return inner.replace("\0", "\\").replace("$${", "${").replace("%%{", "%{")
    lines = inner.split("\n")[1:-1]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    cut = margin if inner.startswith("<<-") else 0
    return "".join(f"{line[cut:]}\n" for line in lines).replace("$${", "${").replace("%%{", "%{")
