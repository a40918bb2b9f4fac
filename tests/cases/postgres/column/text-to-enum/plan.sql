-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" DROP DEFAULT, ALTER COLUMN "s" TYPE "status" USING "s"::"status", ALTER COLUMN "s" SET DEFAULT 'on'::status;
