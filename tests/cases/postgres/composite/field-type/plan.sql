-- Rename composite type from "pos" to "pos_old"
ALTER TYPE "pos" RENAME TO "pos_old";
-- Create composite type "pos"
CREATE TYPE "pos" AS ("y" text, "x" bigint);
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "p" TYPE "pos" USING CASE WHEN "p"::text IS NOT NULL THEN ROW(("p")."y", ("p")."x"::bigint)::"pos" END;
-- Drop composite type "pos_old"
DROP TYPE "pos_old";
