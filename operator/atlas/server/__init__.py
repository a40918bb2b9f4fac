"""The registry: an ASGI application over a content store in a bucket and an index of it in SQL.

``app`` is the HTTP door, ``graphql`` answers operations, ``pages`` draws, ``store`` keeps. The loop never waits:
everything below ``app`` is synchronous and runs on a bounded pool of threads.
"""
