-- Drop trigger "tr" from table: "t"
DROP TRIGGER "tr" ON "t";
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "updated_at";
-- Drop "touch" function
DROP FUNCTION "touch" ();
