-- Create enum type "status"
CREATE TYPE "status" AS ENUM ('on', 'off');
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "s" "status" NOT NULL DEFAULT 'on'::status, ADD COLUMN "many" "status"[] NULL;
