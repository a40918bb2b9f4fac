"""The ``atlas`` command: one module a command, each with ``define`` (its flags) and ``run`` (what it does).

Nothing here decides about databases, directories or repositories; a command parses, calls and renders.
Modules are imported when their command runs, so that ``atlas version`` stays a matter of milliseconds.
"""
