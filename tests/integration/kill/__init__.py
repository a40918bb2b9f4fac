"""Runs that are killed: a child process applies a directory, the parent ends it at any moment and looks."""
