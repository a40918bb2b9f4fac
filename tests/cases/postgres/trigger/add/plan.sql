-- Create trigger "tr" on table: "t"
CREATE TRIGGER "tr" BEFORE INSERT OR UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION "f" ();
