"""Our functions of HCL and the Go tools' own have the same values, and fail on the same arguments.

Some differences are meant, and none is in the table: an object counts as a map with us (``length({a = 1})``), text
keeps the composition of its letters where Go composes them, a quotient without an end has 154 digits and in Go 512
bits, which is why numbers are compared to 150 digits, and ``yamlencode`` leaves long text on one line.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from atlas.errors import ParseError
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.functions import hcl_functions
from atlas.sources.project_files import ProjectFiles

from tests.clients.answers import comparable
from tests.clients.interchange import Interchange

TABLE = Path(__file__).parent / "hcl" / "expressions.txt"
EXPRESSIONS = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
WITHOUT_ORACLE = {
    "anytrue",
    "file",
    "fileset",
    "getenv",
    "glob",
    "print",
    "regexmatch",
    "sql",
    "timestamp",
    "tomap",
}
"""What the Go module has not, or has only with the world around it: see tests/unit/hcl."""
SCOPE = Scope({}, hcl_functions({}, None))


@pytest.fixture(scope="module")
def answers(interchange: Interchange) -> dict[str, Any]:
    texts = [line.removeprefix("! ") for line in EXPRESSIONS]
    asked = [{"text": f"value = {{ is = {text} }}\n"} for text in texts]
    return dict(zip(EXPRESSIONS, interchange.ask("evaluate", asked), strict=True))


@pytest.mark.parametrize("line", EXPRESSIONS)
def test_an_expression_has_one_value_everywhere(answers: dict[str, Any], line: str) -> None:
    answer = answers[line]
    text = line.removeprefix("! ")
    if text != line:
        assert answer["error"]
        with pytest.raises(ParseError):
            value_of(text)
        return
    assert not answer["error"]
    theirs = json.loads(answer["value"], parse_float=Decimal)["is"]
    ours = value_of(text)
    assert comparable(ours) == comparable(theirs, like=ours)


TREE = (
    "a.hcl",
    "b.sql",
    "sub/c.hcl",
    "sub/deep/d.hcl",
    "sub/deep/e.sql",
    ".hidden/f.hcl",
    "x[1].hcl",
    "é.hcl",
    "g/.h.hcl",
)
OF_FILES = [
    *('file("a.hcl")', 'file("./sub/../sub/c.hcl")', 'file("é.hcl")'),
    *(
        'glob("*.hcl")',
        'glob("*/*.hcl")',
        'glob("sub")',
        'glob("sub/**")',
        'glob("[ab].*")',
        'glob("nothing*")',
    ),
    *(
        'glob("[^a].*")',
        'glob("x\\\\[1\\\\].hcl")',
        'glob("?.sql")',
        'glob("*")',
        'glob("a.hcl")',
        'glob("{a,b}.*")',
    ),
    *(
        'fileset("*.hcl")',
        'fileset("**/*.hcl")',
        'fileset("sub/**/*.hcl")',
        'fileset("sub/**")',
        'fileset("**/deep/*")',
    ),
    *('fileset("{a,b}.*")', 'fileset("a.hcl")', 'fileset("nothing/**")', 'fileset("**")', 'fileset("sub/*")'),
]
NOT_FILES = [
    'file("nothing.sql")',
    'file("sub")',
    'glob("[a")',
    'fileset("[a")',
    "file(null)",
    'glob("[]a]")',
]


@pytest.mark.parametrize("text", [*OF_FILES, *NOT_FILES])
def test_the_same_files_are_found(interchange: Interchange, tmp_path: Path, text: str) -> None:
    """``fileset`` of the Go tools has folders before what lies beside them; ours has one order for all."""
    for name in TREE:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"-- {name}\n")
    asked = [{"text": f"value = {{ is = {text} }}\n", "folder": str(tmp_path)}]
    (answer,) = interchange.ask("evaluate", asked)
    scope = Scope({}, hcl_functions({}, ProjectFiles(tmp_path)))
    expression = parse(f"value = {text}\n", "t.hcl").attributes["value"].expression
    assert bool(answer["error"]) == (text in NOT_FILES)
    if text in NOT_FILES:
        with pytest.raises(ParseError):
            evaluate(expression, scope)
        return
    found, theirs = evaluate(expression, scope), json.loads(answer["value"])["is"]
    assert found == (sorted(theirs) if text.startswith("fileset") else theirs)


def test_the_table_names_every_function() -> None:
    text = TABLE.read_text()
    missing = {name for name in SCOPE.functions if f"{name}(" not in text}
    assert missing == WITHOUT_ORACLE
    assert len(EXPRESSIONS) >= 250


def value_of(text: str) -> object:
    return evaluate(parse(f"value = {text}\n", "t.hcl").attributes["value"].expression, SCOPE)
