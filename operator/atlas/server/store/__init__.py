"""What the registry keeps: content in a bucket (``content``), an index and records in SQL (the others).

Functions here take a ``Registry`` and a ``Principal`` and know nothing of HTTP or GraphQL.
"""
