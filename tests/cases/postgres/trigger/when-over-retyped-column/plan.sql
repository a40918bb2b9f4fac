-- Drop trigger "tr" from table: "t"
DROP TRIGGER "tr" ON "t";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" TYPE bigint;
-- Create trigger "tr" on table: "t"
CREATE TRIGGER "tr" BEFORE UPDATE ON "t" FOR EACH ROW WHEN (new.n > 2) EXECUTE FUNCTION "f" ();
