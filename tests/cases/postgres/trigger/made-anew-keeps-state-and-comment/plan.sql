-- Modify trigger "tr" on table: "t"
CREATE OR REPLACE TRIGGER "tr" BEFORE INSERT OR UPDATE OF "n" ON "t" FOR EACH ROW WHEN (new.n > 0) EXECUTE FUNCTION "f" ('x');
-- Modify "t" table
ALTER TABLE "t" ENABLE REPLICA TRIGGER "tr";
-- Set comment to trigger: "tr" on table: "t"
COMMENT ON TRIGGER "tr" ON "t" IS 'second';
