-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE text;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ((lower(a)));
