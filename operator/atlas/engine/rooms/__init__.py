"""Rooms of a dev server: trying a state in one, and saying what it would touch beside it."""
