-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" TYPE text COLLATE "C";
