"""``atlas migrate …``: one module a command."""
