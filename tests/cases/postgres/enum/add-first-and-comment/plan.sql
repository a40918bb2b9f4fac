-- Add value to enum type: "e"
ALTER TYPE "e" ADD VALUE 'a' BEFORE 'b';
-- Add value to enum type: "e"
ALTER TYPE "e" ADD VALUE 'c';
-- Set comment to enum type: "e"
COMMENT ON TYPE "e" IS 'letters';
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "n" integer NULL;
