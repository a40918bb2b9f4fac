-- Create enum type "color"
CREATE TYPE "color" AS ENUM ('red', 'blue');
-- Create domain type "size"
CREATE DOMAIN "size" AS integer CONSTRAINT "size_check" CHECK (VALUE > 0);
-- Create composite type "thing"
CREATE TYPE "thing" AS ("c" "color", "s" "size");
-- Create "f" function
CREATE FUNCTION "f" ("thing") RETURNS "color" LANGUAGE sql AS $$SELECT ($1).c$$;
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "x" "thing" NULL, ADD COLUMN "many" "thing"[] NULL;
