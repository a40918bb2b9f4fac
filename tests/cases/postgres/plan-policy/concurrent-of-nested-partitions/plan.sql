-- Drop index "gone" from table: "p"
DROP INDEX "gone";
-- Create "p3" table
CREATE TABLE "p3" PARTITION OF "p" FOR VALUES IN (3);
-- Create index "p3_id_at_idx" to table: "p3"
CREATE UNIQUE INDEX "p3_id_at_idx" ON "p3" ("id", "at");
-- Create index "p_u" to table: "p"
CREATE UNIQUE INDEX "p_u" ON ONLY "p" ("id", "at");
-- Attach index "p3_id_at_idx" of table: "p3"
ALTER INDEX "p_u" ATTACH PARTITION "p3_id_at_idx";
-- Create index "p1_id_at_idx" to table: "p1"
CREATE UNIQUE INDEX "p1_id_at_idx" ON ONLY "p1" ("id", "at");
-- Attach index "p1_id_at_idx" of table: "p1"
ALTER INDEX "p_u" ATTACH PARTITION "p1_id_at_idx";
-- Create index "p1_a_id_at_idx" to table: "p1_a"
CREATE UNIQUE INDEX CONCURRENTLY "p1_a_id_at_idx" ON "p1_a" ("id", "at");
-- Attach index "p1_a_id_at_idx" of table: "p1_a"
ALTER INDEX "p1_id_at_idx" ATTACH PARTITION "p1_a_id_at_idx";
-- Create index "p2_id_at_idx" to table: "p2"
CREATE UNIQUE INDEX CONCURRENTLY "p2_id_at_idx" ON "p2" ("id", "at");
-- Attach index "p2_id_at_idx" of table: "p2"
ALTER INDEX "p_u" ATTACH PARTITION "p2_id_at_idx";
