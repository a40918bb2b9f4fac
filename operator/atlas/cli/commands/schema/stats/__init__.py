"""The commands ``atlas schema stats …``."""
