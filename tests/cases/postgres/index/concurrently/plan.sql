-- Drop index "gone" from table: "t"
DROP INDEX CONCURRENTLY "gone";
-- Create index "i_replacement" to table: "t"
CREATE INDEX CONCURRENTLY "i_replacement" ON "t" ("b", "a");
-- Drop index "i" from table: "t"
DROP INDEX CONCURRENTLY "i";
-- Rename an index from "i_replacement" to "i"
ALTER INDEX "i_replacement" RENAME TO "i";
-- Create index "new" to table: "t"
CREATE INDEX CONCURRENTLY "new" ON "t" ("a");
