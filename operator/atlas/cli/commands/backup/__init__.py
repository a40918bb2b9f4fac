"""``atlas backup``: look at backups, prove them, bring them together. ``naming`` says which ones are meant."""
