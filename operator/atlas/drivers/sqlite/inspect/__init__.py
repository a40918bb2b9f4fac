"""Reading a SQLite database: six queries whatever its size, and the CREATE texts that they bring."""

from atlas.drivers.sqlite.inspect.realm import inspect

__all__ = ["inspect"]
