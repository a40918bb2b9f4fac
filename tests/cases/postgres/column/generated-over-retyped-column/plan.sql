-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE bigint, DROP COLUMN "g", ADD COLUMN "g" text NULL GENERATED ALWAYS AS ((a)::text) STORED;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("g");
-- Set comment to index: "i" on table: "t"
COMMENT ON INDEX "i" IS 'over computed';
