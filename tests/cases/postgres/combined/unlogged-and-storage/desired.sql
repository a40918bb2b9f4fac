CREATE TABLE t (id integer PRIMARY KEY, a text) WITH (autovacuum_enabled = off, fillfactor = 70);
CREATE INDEX i ON t (a);
ALTER TABLE t CLUSTER ON i;
ALTER TABLE t REPLICA IDENTITY FULL;
