"""Decisions, and the ports through which they reach the world.

Nothing here opens a file, a socket or a database: what is read arrives as data, what is to be done leaves
through a protocol.
"""
