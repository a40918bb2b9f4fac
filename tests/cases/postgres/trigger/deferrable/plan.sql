-- Drop trigger "tr" from table: "t"
DROP TRIGGER "tr" ON "t";
-- Create trigger "tr" on table: "t"
CREATE CONSTRAINT TRIGGER "tr" AFTER INSERT ON "t" DEFERRABLE FOR EACH ROW EXECUTE FUNCTION "f" ();
