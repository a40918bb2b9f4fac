-- Drop index "gone" from table: "p"
DROP INDEX "gone";
-- Create index "p_at" to table: "p"
CREATE INDEX "p_at" ON ONLY "p" ("at");
-- Set comment to column: "at" on table: "p"
COMMENT ON COLUMN "p"."at" IS 'day';
-- Create index "p2_named" to table: "p2"
CREATE INDEX "p2_named" ON "p2" ("at");
-- Attach index "p2_named" of table: "p2"
ALTER INDEX "p_at" ATTACH PARTITION "p2_named";
-- Set comment to table: "p2"
COMMENT ON TABLE "p2" IS 'has the index';
