-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "r" DROP DEFAULT, ALTER COLUMN "r" TYPE text USING "r"::text;
-- Drop range type "span"
DROP TYPE "span";
-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = bigint);
-- Set comment to range type: "span"
COMMENT ON TYPE "span" IS 'wide';
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "r" TYPE "span" USING "r"::"span", ALTER COLUMN "r" SET DEFAULT '[1,2)'::span;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" USING gist ("r");
