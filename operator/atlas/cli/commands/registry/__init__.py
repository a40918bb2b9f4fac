"""``atlas registry``: run the registry of this machine and look after its tokens."""
