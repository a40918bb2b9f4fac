-- Drop index "gone" from table: "p"
DROP INDEX "gone";
-- Modify "p" table
ALTER TABLE "p" ADD COLUMN "n" integer NULL;
-- Create index "i" to table: "p"
CREATE INDEX "i" ON ONLY "p" ("id");
-- Create index "p1_id_idx" to table: "p1"
CREATE INDEX CONCURRENTLY "p1_id_idx" ON "p1" ("id");
-- Attach index "p1_id_idx" of table: "p1"
ALTER INDEX "i" ATTACH PARTITION "p1_id_idx";
-- Create index "own" to table: "p1"
CREATE INDEX CONCURRENTLY "own" ON "p1" ("n");
