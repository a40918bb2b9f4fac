"""How much may be made of a stranger's JSON, counted on its bytes."""

from __future__ import annotations

import json
import random
import tracemalloc
from typing import Any

import pytest
from atlas.wire.bounded_json import TooManyValuesError, loads

ODD_TEXTS = ["", "\\", '"', '\\"', "a,b:[{", "\\\\", "é", "\U0001f600", "\n", '],["', "\\\\\\"]


@pytest.mark.parametrize(
    "piece", [b"[],", b"{},", b'"",', b"1,", b'{"a":0},', b'"\\"",', b"[[],0],"], ids=bytes.decode
)
def test_many_small_values_are_refused_before_they_are_made(piece: bytes) -> None:
    data = b"[" + piece * 400_000 + b"0]"
    tracemalloc.start()
    try:
        with pytest.raises(TooManyValuesError, match="more than 300000 values"):
            loads(data, marks=300_000)
        assert tracemalloc.get_traced_memory()[1] < 3 * len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("piece", [b"[", b'{"a":'], ids=bytes.decode)
def test_depth_is_refused_as_what_it_is(piece: bytes) -> None:
    with pytest.raises(TooManyValuesError, match="nested too deeply"):
        loads(piece * 20_000)


def test_what_stands_in_a_text_is_not_counted() -> None:
    text = ',:[{"\\' * 1_000
    assert loads(json.dumps({"content": text}).encode(), marks=4) == {"content": text}


def test_a_directory_of_the_largest_size_is_one_text() -> None:
    document = b'{"data":{"dirState":{"content":"' + b"A" * 8_000_000 + b'"}}}'
    assert len(loads(document, marks=20)["data"]["dirState"]["content"]) == 8_000_000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a',
        b"\xff",
        '["x"]'.encode("utf-16"),
        '["x"]'.encode("utf-32"),
        b"[1" + b"0" * 5_000 + b"]",
        b'\\"[],',
    ],
)
def test_what_is_no_json_in_utf_8_is_no_json(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^(?!it holds)"):
        loads(data)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert loads(b"\xef\xbb\xbf[1]") == [1]


def _values(chance: random.Random, depth: int = 0) -> Any:
    if depth == 4 or chance.random() < 0.3:
        return chance.choice([1, None, True, 1.5, *ODD_TEXTS])
    values = [_values(chance, depth + 1) for _ in range(chance.randrange(4))]
    return values if chance.random() < 0.5 else {chance.choice(ODD_TEXTS): value for value in values}


def _signs(value: object) -> int:
    match value:
        case dict():
            return (
                1 + max(0, len(value) - 1) + sum(2 + _signs(below) for below in value.values())
            )  # a key and its colon
        case list():
            return 1 + max(0, len(value) - 1) + sum(map(_signs, value))
        case str():
            return 1
        case _:
            return 0


def test_the_count_is_that_of_the_document() -> None:
    for seed in range(300):
        document = _values(random.Random(seed))
        data = json.dumps(document, ensure_ascii=bool(seed % 2)).encode()
        exact = _signs(document)
        assert loads(data, marks=exact) == document
        if exact:
            with pytest.raises(TooManyValuesError):
                loads(data, marks=exact - 1)
