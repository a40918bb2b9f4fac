-- Drop index "j" from table: "t"
DROP INDEX "j";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE text COLLATE "C";
-- Create index "j" to table: "t"
CREATE INDEX "j" ON "t" ("a" COLLATE "POSIX");
