-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "d" TYPE interval day to second(2), ALTER COLUMN "h" TYPE timetz(3);
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("h");
-- Set comment to column: "d" on table: "t"
COMMENT ON COLUMN "t"."d" IS 'how long';
