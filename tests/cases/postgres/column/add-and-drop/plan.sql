-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "gone", ADD COLUMN "new" numeric(10,2) NOT NULL DEFAULT 0;
