-- Modify "parent" table
ALTER TABLE "parent" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "n" TYPE bigint, ALTER COLUMN "n" SET DEFAULT 5, ADD COLUMN "more" text NULL;
