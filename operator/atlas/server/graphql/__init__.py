"""The GraphQL door: ``execute`` reads a document and shapes the answer, the other modules resolve fields.

There is no schema: clients of several vintages send selections nobody has written down, so unknown input is
ignored and unknown output is null (``docs/reference/wire.md``).
"""
