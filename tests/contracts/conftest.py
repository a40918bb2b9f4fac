"""What the libraries of Google and Azure leave behind is let go within the test that made it."""

from __future__ import annotations

import gc
import warnings
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _sockets_are_let_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect the circles of their errors, answers and sockets: a later test would be blamed for them.

    Such a circle has no order in which the answer closes before its socket, so the warning says nothing of our code.
    """
    yield
    if "gcs" in request.node.name or "azure" in request.node.name:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
