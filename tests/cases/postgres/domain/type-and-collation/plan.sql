-- Rename domain type from "d" to "d_old"
ALTER DOMAIN "d" RENAME TO "d_old";
-- Create domain type "d"
CREATE DOMAIN "d" AS text COLLATE "C" DEFAULT 'x'::text;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE "d" USING "a"::text::"d";
-- Drop domain type "d_old"
DROP DOMAIN "d_old";
