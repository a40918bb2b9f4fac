"""Fixtures of the tests that run other programs."""

from __future__ import annotations

import pytest

from tests.clients.interchange import HOW_TO, Interchange, build, find_go


@pytest.fixture(scope="session")
def interchange() -> Interchange:
    """The Go tools' own code, answering questions."""
    go = find_go()
    if go is None:
        pytest.skip(HOW_TO)
    return build(go)
