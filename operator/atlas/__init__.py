"""Atlas: a schema registry, a Kubernetes operator and the ``atlas`` command line in one package.

The folders are the layers and imports point one way; ``ARCHITECTURE.md`` has the picture and
``.importlinter`` checks it. This file imports nothing: ``atlas version`` must answer in milliseconds.
"""

VERSION = "v1.3.0"
"""Clients gate on it; ``pyproject.toml`` carries the same number and a test compares them."""


def version_text() -> str:
    """What ``atlas version`` prints."""
    return f"atlas version {VERSION}"
