"""``atlas cloud repo``: repositories. ``tables`` draws them."""
