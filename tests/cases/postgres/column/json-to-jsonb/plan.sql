-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "doc" TYPE jsonb;
-- Create index "docs" to table: "t"
CREATE INDEX "docs" ON "t" USING gin ("doc" jsonb_path_ops);
