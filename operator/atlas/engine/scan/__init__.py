"""SQL text to statements, without understanding the SQL.

The cut decides what is sent to a server and what is hashed into the revisions table, so it is the Go
tools' cut, byte for byte; ``tests/clients`` compares the two. Nothing here knows files or directories.
"""

from atlas.engine.scan.directive import directive
from atlas.engine.scan.line import line_at
from atlas.engine.scan.options import DEFAULT, MYSQL, POSTGRES, SQLITE, ScanOptions, options_for
from atlas.engine.scan.scanner import scan
from atlas.engine.scan.statement import Statement

__all__ = [
    "DEFAULT",
    "MYSQL",
    "POSTGRES",
    "SQLITE",
    "ScanOptions",
    "Statement",
    "directive",
    "line_at",
    "options_for",
    "scan",
]
