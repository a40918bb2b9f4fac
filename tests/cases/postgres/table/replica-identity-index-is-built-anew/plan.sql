-- Drop index "t_n" from table: "t"
DROP INDEX "t_n";
-- Create index "t_n" to table: "t"
CREATE UNIQUE INDEX "t_n" ON "t" ("n", "id");
-- Modify "t" table
ALTER TABLE "t" REPLICA IDENTITY USING INDEX "t_n";
-- Set comment to table: "t"
COMMENT ON TABLE "t" IS 't';
-- Set comment to index: "t_n" on table: "t"
COMMENT ON INDEX "t_n" IS 'both';
