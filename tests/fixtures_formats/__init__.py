"""Directories of other tools, made for this project: what each feature of a tool makes of a database, and of our files.

``TOOL/CASE/files`` is the directory; ``case.toml`` says in words what the case is about, and which statements run in
which files, written by hand; ``DATABASE.json`` is what the tool itself made of it (``record``).
"""
