-- Create enum type "new_status"
CREATE TYPE "new_status" AS ENUM ('on', 'off', 'half');
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" DROP DEFAULT, ALTER COLUMN "s" TYPE "new_status" USING "s"::text::"new_status", ALTER COLUMN "s" SET DEFAULT 'on'::new_status;
-- Drop enum type "old_status"
DROP TYPE "old_status";
