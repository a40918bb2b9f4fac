-- Drop trigger "tr" from table: "t"
DROP TRIGGER "tr" ON "t";
-- Create trigger "tr" on table: "t"
CREATE CONSTRAINT TRIGGER "tr" AFTER INSERT ON "t" FROM "u" FOR EACH ROW EXECUTE FUNCTION "f" ();
