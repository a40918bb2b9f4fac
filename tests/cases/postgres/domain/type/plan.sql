-- Rename domain type from "age" to "age_old"
ALTER DOMAIN "age" RENAME TO "age_old";
-- Create domain type "age"
CREATE DOMAIN "age" AS bigint;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE "age" USING "a"::text::"age";
-- Drop domain type "age_old"
DROP DOMAIN "age_old";
