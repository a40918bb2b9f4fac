-- Add value to enum type: "status"
ALTER TYPE "status" ADD VALUE 'new';
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" SET DEFAULT 'new'::status;
