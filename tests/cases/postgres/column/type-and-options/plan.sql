-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE jsonb USING "a"::jsonb, ALTER COLUMN "a" SET STATISTICS 300;
