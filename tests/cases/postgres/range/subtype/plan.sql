-- Rename range type from "span" to "span_old"
ALTER TYPE "span" RENAME TO "span_old";
-- Rename multirange type from "span_multirange" to "span_old_multirange"
ALTER TYPE "span_multirange" RENAME TO "span_old_multirange";
-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = bigint);
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "r" TYPE "span" USING "r"::text::"span";
-- Drop range type "span_old"
DROP TYPE "span_old";
