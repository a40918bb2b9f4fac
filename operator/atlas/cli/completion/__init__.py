"""Completion on TAB: the script of a shell asks ``atlas __complete``, which ``answer`` answers.

``place`` finds out where in a command line the cursor is, ``candidates`` what can stand there, ``values`` what the
values of flags are. Nothing here opens a database or a registry: a TAB must be quick, and must never fail loudly.
"""
