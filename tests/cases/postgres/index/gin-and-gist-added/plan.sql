-- Drop index "old" from table: "t"
DROP INDEX "old";
-- Create index "a" to table: "t"
CREATE INDEX "a" ON "t" USING gin ("doc" jsonb_path_ops) WITH (fastupdate = off);
-- Create index "b" to table: "t"
CREATE INDEX "b" ON "t" USING gin ("words");
-- Create index "c" to table: "t"
CREATE INDEX "c" ON "t" USING gist ("r");
-- Create index "d" to table: "t"
CREATE INDEX "d" ON "t" USING spgist ("p");
-- Set comment to table: "t"
COMMENT ON TABLE "t" IS 'searched';
-- Set comment to index: "a" on table: "t"
COMMENT ON INDEX "a" IS 'documents';
