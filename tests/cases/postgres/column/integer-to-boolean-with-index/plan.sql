-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "f" DROP DEFAULT, ALTER COLUMN "f" TYPE boolean USING "f"::boolean, ALTER COLUMN "f" SET DEFAULT false;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("f") WHERE (f);
