CREATE TABLE t (id integer, n text) WITH (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 70, toast.autovacuum_enabled = false);
ALTER TABLE t REPLICA IDENTITY FULL;
