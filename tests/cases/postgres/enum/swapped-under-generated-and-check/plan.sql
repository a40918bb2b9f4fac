-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ck", DROP COLUMN "up";
-- Rename enum type from "status" to "status_old"
ALTER TYPE "status" RENAME TO "status_old";
-- Create enum type "status"
CREATE TYPE "status" AS ENUM ('on', 'off', 'new');
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "ck" CHECK (s <> 'off'::status), ALTER COLUMN "s" TYPE "status" USING "s"::text::"status", ALTER COLUMN "s" SET DEFAULT 'new'::status, ADD COLUMN "up" boolean NULL GENERATED ALWAYS AS (s = 'on'::status) STORED;
-- Drop enum type "status_old"
DROP TYPE "status_old";
