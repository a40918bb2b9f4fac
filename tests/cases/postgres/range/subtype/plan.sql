-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "r" TYPE text USING "r"::text;
-- Drop range type "span"
DROP TYPE "span";
-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = bigint);
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "r" TYPE "span" USING "r"::"span";
