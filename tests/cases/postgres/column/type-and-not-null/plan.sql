-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" TYPE integer USING "n"::integer, ALTER COLUMN "n" SET NOT NULL;
