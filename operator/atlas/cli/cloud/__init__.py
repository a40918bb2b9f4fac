"""``atlas cloud``: look at what the registry holds. ``tables`` draws, ``access`` opens the registry."""
