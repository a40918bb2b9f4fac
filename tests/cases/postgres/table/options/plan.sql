-- Modify "t" table
ALTER TABLE "t" SET (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 70, toast.autovacuum_enabled = false), RESET (autovacuum_enabled), REPLICA IDENTITY FULL;
