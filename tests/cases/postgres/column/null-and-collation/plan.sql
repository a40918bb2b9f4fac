-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE text, ALTER COLUMN "a" DROP NOT NULL;
