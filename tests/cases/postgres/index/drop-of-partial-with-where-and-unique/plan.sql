-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Drop index "j" from table: "t"
DROP INDEX "j";
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "c" text NULL;
-- Create index "i" to table: "t"
CREATE UNIQUE INDEX "i" ON "t" ("a") WHERE (b = 'y'::text);
