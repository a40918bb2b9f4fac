-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "old";
