"""HCL: one syntax tree for schema files and atlas.hcl. Data and rules of the language only: no file is opened here.

``parse`` makes the tree (``nodes``), ``evaluate`` gives the value of one of its expressions in a ``Scope``.
"""

from __future__ import annotations

from atlas.hcl.evaluate import evaluate
from atlas.hcl.parse import parse
from atlas.hcl.values import Scope

__all__ = ["Scope", "evaluate", "parse"]
