-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" BEFORE UPDATE OF "id" ON "t" FOR EACH ROW EXECUTE FUNCTION "f" ();
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "n";
