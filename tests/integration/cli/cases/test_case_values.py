"""Values of each kind of database as the texts that outputs are compared with."""

from __future__ import annotations

import pytest

from tests.integration.cli.cases.conftest import Bench, lines

VALUES = {
    "sqlite": {
        "1 = 1": "1",
        "1.0": "1",
        "1.5": "1.5",
        "1e300": "1e+300",
        "9223372036854775807": "9223372036854775807",
        "x'616263'": "abc",
        "x'00ff'": "x'00ff'",
        "date('2024-01-23')": "2024-01-23",
        "NULL": "NULL",
        "'schön'": "schön",
    },
    "postgres": {
        "1 = 1": "true",
        "false": "false",
        "1.50": "1.50",
        "1.5::float8": "1.5",
        "9223372036854775807": "9223372036854775807",
        "'abc'::bytea": r"\x616263",
        "date '2024-01-23'": "2024-01-23",
        "timestamp '2024-01-23 00:51:54'": "2024-01-23 00:51:54",
        "ARRAY[1,2]": "{1,2}",
        """'{"a": 1}'::jsonb""": '{"a": 1}',
        "NULL": "NULL",
        "'schön'": "schön",
    },
    "mariadb": {
        "1 = 1": "1",
        "1.50": "1.50",
        "1.5e0": "1.5",
        "18446744073709551615": "18446744073709551615",
        "x'616263'": "abc",
        "x'00ff'": "0x00ff",
        "DATE '2024-01-23'": "2024-01-23",
        "TIMESTAMP '2024-01-23 00:51:54'": "2024-01-23 00:51:54",
        "CAST('26:00:01' AS TIME)": "26:00:01",
        "b'101'": "0x05",
        "NULL": "NULL",
        "'schön'": "schön",
    },
}


def test_values_are_written_as_the_reference_says(bench: Bench) -> None:
    expected = VALUES[bench.dialect]
    cases = "".join(
        f'test "schema" "v{number}" {{\n  exec {{\n    sql = <<SQL\nSELECT {sql} AS v\nSQL\n    output = <<TEXT\n{text}\nTEXT\n  }}\n}}\n'
        for number, (sql, text) in enumerate(expected.items())
    )
    answer = bench.schema(cases)
    assert lines(answer) == [*(f"-- PASS: v{number}" for number in range(len(expected))), "PASS"], answer.out


@pytest.mark.parametrize("bench", ["sqlite"], indirect=True)
def test_what_a_statement_without_rows_answers_is_nothing(bench: Bench) -> None:
    answer = bench.schema(
        """\
test "schema" "nothing" {
  exec {
    sql    = "DELETE FROM users; SELECT id FROM users"
    output = ""
  }
}
"""
    )
    assert lines(answer) == ["-- PASS: nothing", "PASS"]
