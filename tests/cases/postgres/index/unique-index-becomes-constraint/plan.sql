-- Drop index "uq" from table: "t"
DROP INDEX "uq";
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "uq" UNIQUE ("a");
