-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Drop index "gone" from table: "t"
DROP INDEX "gone";
-- Create "u" table
CREATE TABLE "u" (
  "a" integer NULL
);
-- Create index "u_a" to table: "u"
CREATE INDEX "u_a" ON "u" ("a");
-- Create index "i" to table: "t"
CREATE UNIQUE INDEX CONCURRENTLY "i" ON "t" ("a");
-- Create index "new" to table: "t"
CREATE INDEX CONCURRENTLY "new" ON "t" ("a", "b");
