-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE bigint;
-- Create index "j" to table: "t"
CREATE INDEX "j" ON "t" ("b");
