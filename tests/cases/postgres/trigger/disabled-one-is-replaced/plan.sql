-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" AFTER INSERT OR UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION "f" ();
-- Modify "t" table
ALTER TABLE "t" DISABLE TRIGGER "tr";
