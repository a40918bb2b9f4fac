-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "s";
-- Drop enum type "status"
DROP TYPE "status";
