-- Rename enum type from "status" to "status_old"
ALTER TYPE "status" RENAME TO "status_old";
-- Create enum type "status"
CREATE TYPE "status" AS ENUM ('on', 'off');
-- Rename domain type from "state" to "state_old"
ALTER DOMAIN "state" RENAME TO "state_old";
-- Create domain type "state"
CREATE DOMAIN "state" AS "status" DEFAULT 'on'::status;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" TYPE "state" USING "s"::text::"state";
-- Modify "u" table
ALTER TABLE "u" ADD COLUMN "more" text NULL;
-- Drop domain type "state_old"
DROP DOMAIN "state_old";
-- Drop enum type "status_old"
DROP TYPE "status_old";
