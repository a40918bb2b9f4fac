-- Drop "old" table
DROP TABLE "old";
-- Create "old" view
CREATE VIEW "old" ("id") AS SELECT t.id
   FROM t;
-- Set comment to view: "old"
COMMENT ON VIEW "old" IS 'was a table';
