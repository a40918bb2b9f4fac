-- Rename enum type from "e" to "e_old"
ALTER TYPE "e" RENAME TO "e_old";
-- Create enum type "e"
CREATE TYPE "e" AS ENUM ('a', 'b');
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "e" DROP DEFAULT, ALTER COLUMN "e" TYPE "e" USING "e"::text::"e", ALTER COLUMN "e" SET NOT NULL, ALTER COLUMN "e" SET DEFAULT 'a'::e;
-- Modify "u" table
ALTER TABLE "u" ALTER COLUMN "e" DROP DEFAULT, ALTER COLUMN "e" TYPE "e" USING "e"::text::"e", ALTER COLUMN "e" SET DEFAULT 'a'::e;
-- Drop enum type "e_old"
DROP TYPE "e_old";
