"""The steps of one resource, over ports: from a manifest to a database that is as asked, and a word about it.

Everything here is a decision. Reading objects, opening databases, asking registries and writing status are
ports (``ports``); doors implement or drive them. Create, update, retry, resync and restart are the same call.
"""
