r"""The Go scanners and ours cut generated texts alike.

Two differences are meant, and each is asserted, not skipped over:

* ``E'\''`` is one string on PostgreSQL. The Go scanner has the option, and it never takes effect; where that makes
  it fail, or cut inside such a string, ours reads the string.
* A ``DELIMITER`` of one lone quote makes the Go scanner panic; ours has an answer.
"""

from __future__ import annotations

import random
import re
from base64 import b64encode
from dataclasses import replace

import pytest
from atlas.engine.scan import POSTGRES, options_for, scan
from atlas.errors import ParseError

from tests.clients.answers import DIALECTS, go_scanned, our_scanned
from tests.clients.interchange import Interchange

SEED = 20261123
WORDS = (
    *(
        ";",
        ";",
        ";\n",
        "\n",
        "\n\n",
        " ",
        " ",
        "\t",
        "\r\n",
        "\v",
        "\xa0",
        "(",
        ")",
        "a",
        "b c",
        "é",
        "$",
        "$$",
        "$x$",
    ),
    *(
        "'",
        "'",
        '"',
        "`",
        "''",
        "'x'",
        "'a;b'",
        "\\",
        "\\'",
        "\\\\",
        "E'",
        "e'x'",
        "(1)",
        "('",
        "')",
        "#",
        "--",
        "/",
    ),
    *(
        "-- c\n",
        "--\n\n",
        "/* c */",
        "/*",
        "*/",
        "/**/\n\n",
        "# h\n",
        "-",
        "*",
        "//",
        "\udca9",
        "\udce9",
        "\x1c",
        "1",
    ),
    *(
        "BEGIN",
        "BEGIN ",
        "begin\n",
        " BEGIN ",
        "BEGIN ATOMIC ",
        "END",
        "END;",
        "\nEND;\n",
        " end ;",
        "END IF;",
        "CASE",
    ),
    *(
        "DELIMITER //\n",
        "DELIMITER ;\n",
        "delimiter $$\n",
        "DELIMITER",
        "DELIMITER ';;'\n",
        "-- atlas:delimiter //\n",
    ),
    *(
        "-- atlas:nolint x\n",
        "/*atlas:nolint*/",
        "GO\n",
        "\nGO\n",
        "CREATE TRIGGER t ",
        "SELECT 1;",
        "xBEGIN ",
        "ENDING;",
    ),
    *(
        "-- atlas:delimiter \\n\\n\n",
        "DELIMITER -- \n",
        "DELIMITER e\n",
        "DELIMITER '\n",
        "$ü1$",
        "\u2003",
        "BEGIN;",
        "b",
    ),
)
PLAIN = replace(POSTGRES, escape_strings=False)
LONE_QUOTE = re.compile("delimiter +'[ \\t]*(\n|$)", re.IGNORECASE)
MOST_BEGINS = 7  # the Go scanner doubles its work for each unclosed one


def generated(count: int) -> list[str]:
    choose = random.Random(SEED)
    texts = []
    while len(texts) < count:
        vocabulary = choose.sample(WORDS, choose.randint(4, 20))
        text = "".join(choose.choices(vocabulary, k=choose.randint(1, 24)))
        if len(re.findall("begin", text, re.IGNORECASE)) <= MOST_BEGINS:
            texts.append(text)
    return texts


def go_answers(interchange: Interchange, texts: list[str]) -> list[dict[str, object]]:
    encoded = [b64encode(text.encode("utf-8", "surrogateescape")).decode() for text in texts]
    answers = interchange.ask("scan", encoded)
    return [{dialect: go_scanned(answer[dialect]) for dialect in DIALECTS} for answer in answers]


def test_generated_texts_are_cut_alike(interchange: Interchange):
    texts = generated(6000)
    differences = []
    for text, answer in zip(texts, go_answers(interchange, texts), strict=True):
        for dialect in DIALECTS:
            ours, theirs = our_scanned(text, options_for(dialect)), answer[dialect]
            if ours == theirs or is_meant(text, dialect, ours, theirs):
                continue
            differences.append((dialect, text, theirs, ours))
    assert not differences, (
        f"{len(differences)} differ, the shortest: {min(differences, key=lambda one: len(one[1]))}"
    )


def is_meant(text: str, dialect: str, ours: object, theirs: object) -> bool:
    if isinstance(theirs, str) and theirs.startswith("panic"):
        return LONE_QUOTE.search(text) is not None
    has_escape_string = re.search(r"[eE]'", text) is not None and "\\'" in text
    return dialect == "postgres" and has_escape_string and theirs == our_scanned(text, PLAIN)


def test_a_delimiter_of_a_lone_quote_is_refused():
    with pytest.raises(ParseError, match=r"^empty delimiter$"):
        scan("DELIMITER '\nSELECT 1;", POSTGRES)


ESCAPE_STRINGS = {
    r"SELECT E'it\'s; ok';" "\nSELECT 2;": [r"SELECT E'it\'s; ok';", "SELECT 2;"],
    r"SELECT E'it\'s; ok'; SELECT E'it\'s; no';": [r"SELECT E'it\'s; ok';", r"SELECT E'it\'s; no';"],
    r"SELECT e'\\\''; SELECT 2;": [r"SELECT e'\\\'';", "SELECT 2;"],
}
NOT_ESCAPE_STRINGS = {
    r"SELECT E'\''; SELECT E'\'';": "the Go cut joins two statements, and its hash may be stored",
    r"SELECT name'x\'; SELECT 2;": "a name that ends in e",
    r"SELECT 'x\'; SELECT 2;": "a plain string",
}


@pytest.mark.parametrize("text", ESCAPE_STRINGS)
def test_an_escape_string_is_read_where_the_go_scanner_fails_or_cuts_inside(
    text: str, interchange: Interchange
):
    (theirs,) = go_answers(interchange, [text])
    ours = [statement.text for statement in scan(text, POSTGRES)]
    assert ours == ESCAPE_STRINGS[text]
    assert theirs["postgres"] == our_scanned(text, PLAIN)
    assert theirs["postgres"] != our_scanned(text, POSTGRES)


@pytest.mark.parametrize("text", NOT_ESCAPE_STRINGS)
def test_the_go_cut_is_kept_where_it_breaks_no_string(text: str, interchange: Interchange):
    (theirs,) = go_answers(interchange, [text])
    assert theirs["postgres"] == our_scanned(text, POSTGRES)
