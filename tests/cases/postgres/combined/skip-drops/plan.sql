-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "new" text NULL;
