-- Drop "v" view
DROP VIEW "v";
-- Create "v" view
CREATE VIEW "v" ("n", "id") AS SELECT t.n,
    t.id
   FROM t;
-- Create trigger "tr" on view: "v"
CREATE TRIGGER "tr" INSTEAD OF INSERT OR DELETE ON "v" FOR EACH ROW EXECUTE FUNCTION "f" ();
-- Set comment to trigger: "tr" on view: "v"
COMMENT ON TRIGGER "tr" ON "v" IS 'writes';
