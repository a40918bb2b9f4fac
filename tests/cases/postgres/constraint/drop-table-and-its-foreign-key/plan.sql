-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_p";
-- Drop "p" table
DROP TABLE "p";
