-- Rename enum type from "status" to "status_old"
ALTER TYPE "status" RENAME TO "status_old";
-- Create enum type "status"
CREATE TYPE "status" AS ENUM ('off', 'on');
-- Set comment to enum type: "status"
COMMENT ON TYPE "status" IS 'off first';
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" TYPE "status" USING "s"::text::"status";
-- Drop enum type "status_old"
DROP TYPE "status_old";
