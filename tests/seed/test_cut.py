"""The committed blocks are the page's own bytes, and none was overlooked."""

from __future__ import annotations

import hashlib
import re

from tests.seed.cut import BLOCKS, SEED, cut, spans

SEED_SHA256 = "f55fb2933dcdab7a894df029d206d474aa489dbf42b276ffd0ff5b2010aa874e"
CODE = re.compile(r"\\$|[{}]$|^[a-z_]+ = |^--|^(apiVersion|resource|env) |^https://|^[A-Z]+ [A-Z]+ ")


def test_the_page_is_the_one_we_set_out_from() -> None:
    assert hashlib.sha256(SEED.read_bytes()).hexdigest() == SEED_SHA256


def test_cutting_again_gives_the_committed_blocks_byte_for_byte() -> None:
    committed = {path.name: path.read_bytes() for path in BLOCKS.iterdir()}
    assert cut(SEED.read_text(encoding="utf-8")) == committed


def test_no_line_of_code_stands_outside_the_blocks() -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    inside = {at for span in spans(lines).values() for at in span}
    outside = [line for at, line in enumerate(lines) if at not in inside]
    assert [line for line in outside if CODE.search(line)] == []
