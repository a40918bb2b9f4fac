"""``atlas cloud``: look at what the registry holds. ``access`` opens the registry, ``answers`` prints what it says."""
