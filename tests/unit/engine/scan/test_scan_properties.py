"""What holds for every text."""

from __future__ import annotations

from atlas.engine.scan import DEFAULT, MYSQL, POSTGRES, SQLITE, ScanOptions, scan
from atlas.errors import ParseError
from hypothesis import given
from hypothesis import strategies as st

WORDS = [
    ";",
    "\n",
    " ",
    "'",
    '"',
    "(",
    ")",
    "BEGIN ",
    "END;",
    "$$",
    "--",
    "/*",
    "*/",
    "\\",
    "E'",
    "DELIMITER //\n",
    "//",
    "é",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)
OPTIONS = st.sampled_from([POSTGRES, MYSQL, SQLITE, DEFAULT])


@given(text=TEXTS, options=OPTIONS)
def test_every_statement_stands_at_its_position(text: str, options: ScanOptions):
    data = text.encode()
    try:
        statements = scan(text, options)
    except ParseError:
        return
    for statement in statements:
        assert data[statement.position :].startswith(statement.text.encode())


@given(text=TEXTS, options=OPTIONS)
def test_statements_follow_one_another(text: str, options: ScanOptions):
    try:
        statements = scan(text, options)
    except ParseError:
        return
    ends = [statement.position + len(statement.text.encode()) for statement in statements]
    starts = [statement.position for statement in statements]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(text=TEXTS)
def test_a_text_without_escaped_quotes_needs_no_escape_strings(text: str):
    plain = text.replace("\\", "")
    options = ScanOptions(begin=True, begin_atomic=True, dollar_quotes=True)

    def outcome(chosen: ScanOptions) -> object:
        try:
            return scan(plain, chosen)
        except ParseError as error:
            return str(error)

    assert outcome(POSTGRES) == outcome(options)
