-- Create index "p_at" to table: "p"
CREATE INDEX "p_at" ON ONLY "p" ("at");
-- Set comment to column: "id" on table: "p"
COMMENT ON COLUMN "p"."id" IS 'id';
-- Set comment to index: "p_at" on table: "p"
COMMENT ON INDEX "p_at" IS 'no part yet';
-- Modify "p1" table
ALTER TABLE "p1" SET (fillfactor = 90);
