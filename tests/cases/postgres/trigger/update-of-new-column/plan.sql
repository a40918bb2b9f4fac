-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "n" integer NULL;
-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" BEFORE UPDATE OF "id", "n" ON "t" FOR EACH ROW EXECUTE FUNCTION "f" ();
