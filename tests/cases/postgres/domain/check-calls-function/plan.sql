-- Create "ok" function
CREATE FUNCTION "ok" ("n" integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT n > 0$$;
-- Create domain type "d"
CREATE DOMAIN "d" AS integer CONSTRAINT "ck" CHECK (ok(VALUE));
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" TYPE "d";
