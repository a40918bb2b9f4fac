"""Plans for SQLite: what ALTER TABLE can do, and for all else the rebuild of https://sqlite.org/lang_altertable.html.

``plan`` puts the statements in order; ``pairs`` finds the two states of each table, ``decide`` whether it can be
altered, ``alter`` and ``rebuild`` write that; ``table``, ``index``, ``view`` and ``trigger`` write objects.
"""

from atlas.drivers.sqlite.ddl.plan import statements

__all__ = ["statements"]
