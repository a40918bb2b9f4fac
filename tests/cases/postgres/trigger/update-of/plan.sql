-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" BEFORE UPDATE OF "A b", "id" ON "t" FOR EACH ROW EXECUTE FUNCTION "f" ();
