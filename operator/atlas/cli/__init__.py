"""The ``atlas`` command: ``main`` finds the command of the words, and the exit code of an error.

Nothing here decides about databases, directories or repositories; a command parses, calls and renders.
Modules are imported when their command runs, so that ``atlas version`` stays a matter of milliseconds.
"""
