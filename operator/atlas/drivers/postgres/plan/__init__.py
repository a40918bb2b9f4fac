"""Plans of PostgreSQL: which statements make one state of another, and in which order.

``context`` what is known of both states, ``decisions`` what happens to each object, ``cascade`` what follows from
it for others, a module a kind for the steps, ``edges`` which step needs which, ``schedule`` their order, ``merge``
one ALTER TABLE a table. Texts of SQL are in ``ddl``.
"""

from __future__ import annotations

from atlas.drivers.postgres.plan.make import statements

__all__ = ["statements"]
