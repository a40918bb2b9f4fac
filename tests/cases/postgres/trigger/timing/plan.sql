-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" AFTER INSERT ON "t" FOR EACH ROW EXECUTE FUNCTION "f" ();
