"""``atlas cloud migration``: deployments, by the name that clients use. ``tables`` draws them."""
