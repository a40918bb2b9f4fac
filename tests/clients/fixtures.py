"""Programs of others that judge what we write; tests of more than one folder ask them."""

from __future__ import annotations

import pytest

from tests.clients import gitops


@pytest.fixture(scope="module")
def judges() -> gitops.Judges:
    """The health checks of Argo CD and Flux."""
    try:
        return gitops.judges()
    except LookupError as missing:
        pytest.skip(str(missing))
