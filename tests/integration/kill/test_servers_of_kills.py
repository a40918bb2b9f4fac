"""The servers that runs are killed on flush what they promised: nothing is quicker there than in life."""

from __future__ import annotations


def test_postgres_flushes_what_it_promised(postgres) -> None:
    assert postgres.query("postgres", "SHOW fsync") == [("on",)]


def test_mariadb_flushes_what_it_promised(mariadb) -> None:
    assert mariadb.query("", "SELECT @@innodb_flush_log_at_trx_commit") == [(1,)]
