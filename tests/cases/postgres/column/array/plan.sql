-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "tags" TYPE integer[] USING "tags"::integer[], ALTER COLUMN "tags" SET DEFAULT '{}'::integer[], ADD COLUMN "more" text[] NULL;
