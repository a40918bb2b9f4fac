-- Drop index "i" from table: "t"
DROP INDEX CONCURRENTLY "i";
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "gone";
-- Create index "i" to table: "t"
CREATE INDEX CONCURRENTLY "i" ON "t" ("a", "b");
