-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "uq", DROP CONSTRAINT "ck", DROP COLUMN "a";
