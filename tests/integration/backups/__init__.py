"""Backups on real buckets: storms, and what is left after them."""
