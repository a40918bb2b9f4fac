"""Database servers for a test run: found by environment, else started on loopback in a folder of their own.

``programs`` finds what is installed, ``postgres`` and ``mariadb`` run one server each, ``fixtures`` hands them to tests.
"""
