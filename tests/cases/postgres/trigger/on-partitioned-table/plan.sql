-- Create trigger "tr" on table: "p"
CREATE TRIGGER "tr" BEFORE INSERT ON "p" FOR EACH ROW EXECUTE FUNCTION "f" ();
-- Set comment to table: "p1"
COMMENT ON TABLE "p1" IS 'has a trigger of its own';
-- Create trigger "own" on table: "p1"
CREATE TRIGGER "own" AFTER INSERT ON "p1" FOR EACH ROW EXECUTE FUNCTION "f" ();
