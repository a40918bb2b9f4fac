-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "uq";
-- Create index "uq" to table: "t"
CREATE UNIQUE INDEX "uq" ON "t" ("a");
