-- Create index "p_id" to table: "p"
CREATE INDEX "p_id" ON "p" ("id") INCLUDE ("at");
-- Rename an index from "p1_named" to "p1_at_idx"
ALTER INDEX "p1_named" RENAME TO "p1_at_idx";
-- Set comment to table: "p1"
COMMENT ON TABLE "p1" IS 'plain';
-- Create "v" view
CREATE VIEW "v" ("id") AS SELECT p.id
   FROM p;
