"""Reading the CREATE texts of SQLite's catalog. What its pragmas do not tell stands there and nowhere else.

``tokens`` cuts a text into words, ``names`` compares and quotes what they name, ``reader`` walks over them;
``table``, ``index``, ``view`` and ``trigger`` read one statement each. Whatever they do not understand they
refuse by name: a definition is never guessed.
"""
