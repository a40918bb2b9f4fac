"""How answers look: text for people, documents for ``--format``. No decision and no I/O of its own."""
