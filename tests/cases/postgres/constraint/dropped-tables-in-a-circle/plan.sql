-- Modify "a" table
ALTER TABLE "a" DROP CONSTRAINT "ab";
-- Drop "b" table
DROP TABLE "b";
-- Drop "a" table
DROP TABLE "a";
