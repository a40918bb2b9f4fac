"""SQL texts of PostgreSQL, a file per kind of object: how one is made, taken away and changed.

Nothing here decides what is to be done or in which order; that is ``plan``.
"""
