"""The commands ``atlas schema …``."""
