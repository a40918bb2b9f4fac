-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" DROP DEFAULT;
-- Drop "s" sequence
DROP SEQUENCE "s";
