"""Data sources of a project file: one module a source or a small family. ``wiring.data_sources`` hands them out.

Each is a ``project.data.ReadSource``. What a source reads is often a secret: no message, log or ``repr`` here holds a
value that was read, the output of a program, or a URL with its password or query.
"""
