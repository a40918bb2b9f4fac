-- Add new schema named "b"
CREATE SCHEMA "b";
-- Set comment to schema: "b"
COMMENT ON SCHEMA "b" IS 'the other';
-- Create enum type "e"
CREATE TYPE "b"."e" AS ENUM ('x');
-- Create "f" function
CREATE FUNCTION "b"."f" ("b"."e") RETURNS "b"."e" LANGUAGE sql AS $$SELECT $1$$;
-- Create "t" table
CREATE TABLE "b"."t" (
  "id" integer NULL,
  "s" text NULL,
  CONSTRAINT "to_a" FOREIGN KEY ("id") REFERENCES "a"."t" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION
);
