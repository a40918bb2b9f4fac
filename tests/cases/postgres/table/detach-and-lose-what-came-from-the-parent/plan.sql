-- Detach partition "p1" from table: "p"
ALTER TABLE "p" DETACH PARTITION "p1";
-- Drop index "p1_at_idx" from table: "p1"
DROP INDEX "p1_at_idx";
-- Modify "p1" table
ALTER TABLE "p1" DROP CONSTRAINT "p1_at_id_key", DROP CONSTRAINT "p_id_fkey", DROP CONSTRAINT "positive", ALTER COLUMN "id" TYPE bigint;
