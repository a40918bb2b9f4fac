-- Modify "t" table
ALTER TABLE "t" SET LOGGED, SET (autovacuum_enabled = off, fillfactor = 70), REPLICA IDENTITY FULL, CLUSTER ON "i";
