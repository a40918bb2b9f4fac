"""SQLite, through the ``sqlite3`` of the standard library: one file, one schema, ``main``."""

from atlas.drivers.sqlite.database import open_database

__all__ = ["open_database"]
