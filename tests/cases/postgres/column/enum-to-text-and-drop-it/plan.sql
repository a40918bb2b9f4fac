-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" DROP DEFAULT, ALTER COLUMN "s" TYPE text, ALTER COLUMN "s" SET DEFAULT 'on'::text;
-- Drop enum type "status"
DROP TYPE "status";
