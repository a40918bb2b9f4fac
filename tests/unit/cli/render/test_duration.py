from __future__ import annotations

import pytest
from atlas.cli.render.duration import duration_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0s"),
        (5e-9, "5ns"),
        (999e-9, "999ns"),
        (1.5e-6, "1.5µs"),
        (277.543e-6, "277.543µs"),
        (0.00359, "3.59ms"),
        (0.0035912345, "3.591ms"),
        (0.9999996, "1s"),
        (1.2, "1.2s"),
        (59.9996, "1m0s"),
        (123, "2m3s"),
        (123.4567, "2m3.457s"),
        (3600, "1h0m0s"),
        (3725.5, "1h2m5.5s"),
    ],
)
def test_a_duration_reads_as_go_prints_it(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text
