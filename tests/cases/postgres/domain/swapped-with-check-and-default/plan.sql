-- Rename domain type from "d" to "d_old"
ALTER DOMAIN "d" RENAME TO "d_old";
-- Create domain type "d"
CREATE DOMAIN "d" AS numeric(10,2) DEFAULT 2 CONSTRAINT "ok" CHECK (VALUE > 0.5);
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" DROP DEFAULT, ALTER COLUMN "a" TYPE "d" USING "a"::text::"d", ALTER COLUMN "a" SET DEFAULT 5;
-- Drop domain type "d_old"
DROP DOMAIN "d_old";
