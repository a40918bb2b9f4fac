-- Drop index "gone" from table: "p"
DROP INDEX "gone";
-- Modify "p" table
ALTER TABLE "p" ADD COLUMN "n" integer NULL;
-- Create index "i" to table: "p"
CREATE INDEX "i" ON "p" ("id");
-- Create index "own" to table: "p1"
CREATE INDEX CONCURRENTLY "own" ON "p1" ("n");
