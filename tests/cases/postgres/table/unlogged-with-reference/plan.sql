-- Modify "u" table
ALTER TABLE "u" DROP COLUMN "m", SET UNLOGGED;
-- Modify "t" table
ALTER TABLE "t" SET UNLOGGED;
