-- Modify "c" table
ALTER TABLE "c" ALTER COLUMN "id" SET NOT NULL, ADD COLUMN "n" integer NULL;
-- Modify "c" table
ALTER TABLE "c" INHERIT "a";
