"""What a client, the server and a bucket must agree on, as values: nothing here reads, sends or stores.

``archive`` and ``tar`` are the bytes of a directory, ``digest`` its identity, ``reference`` its address,
``contract`` the GraphQL operations, ``layout`` the published object keys, ``index`` the versions and tags of
one repository and ``history`` the rules by which a push changes them. ``bucket`` is the port of object stores.
"""
