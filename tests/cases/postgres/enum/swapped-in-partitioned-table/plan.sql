-- Rename enum type from "e" to "e_old"
ALTER TYPE "e" RENAME TO "e_old";
-- Create enum type "e"
CREATE TYPE "e" AS ENUM ('a', 'b');
-- Modify "p" table
ALTER TABLE "p" ALTER COLUMN "e" DROP DEFAULT, ALTER COLUMN "e" TYPE "e" USING "e"::text::"e", ALTER COLUMN "e" SET DEFAULT 'a'::e;
-- Set comment to column: "e" on table: "p"
COMMENT ON COLUMN "p"."e" IS 'letter';
-- Drop enum type "e_old"
DROP TYPE "e_old";
