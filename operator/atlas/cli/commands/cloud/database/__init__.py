"""``atlas cloud database``: databases that deployments were reported of. ``tables`` draws them."""
