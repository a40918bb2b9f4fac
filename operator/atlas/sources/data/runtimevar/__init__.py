"""``runtimevar``: one value of a store, by a URL. ``read`` knows the schemes; each store has a module."""

from __future__ import annotations

from atlas.sources.data.runtimevar.read import RuntimeVars

__all__ = ["RuntimeVars"]
