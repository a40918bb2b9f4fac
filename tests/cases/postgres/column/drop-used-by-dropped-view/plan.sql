-- Drop "v" view
DROP VIEW "v";
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "a";
