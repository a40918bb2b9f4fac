-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ck", ALTER COLUMN "id" SET DEFAULT 1;
-- Drop "f" function
DROP FUNCTION "f" ();
