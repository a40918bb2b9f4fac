-- Drop index "p_at" from table: "p"
DROP INDEX "p_at";
-- Create index "p1_named" to table: "p1"
CREATE INDEX "p1_named" ON "p1" ("at", "id");
-- Create index "p_at" to table: "p"
CREATE INDEX "p_at" ON "p" ("at", "id");
-- Set comment to table: "p2"
COMMENT ON TABLE "p2" IS 'p2';
