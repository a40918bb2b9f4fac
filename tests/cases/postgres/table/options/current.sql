CREATE TABLE t (id integer, n text) WITH (fillfactor = 80, autovacuum_enabled = false);
