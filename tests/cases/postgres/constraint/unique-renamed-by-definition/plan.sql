-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "uq", DROP CONSTRAINT "ck", ADD CONSTRAINT "unique_a" UNIQUE ("a"), ADD CONSTRAINT "positive" CHECK (id > 0);
-- Create index "by_a" to table: "t"
CREATE INDEX "by_a" ON "t" ("a");
