-- Create extension "citext"
CREATE EXTENSION "citext" WITH SCHEMA "public" VERSION "1.6";
-- Modify "t" table
ALTER TABLE "public"."t" ALTER COLUMN "mail" TYPE "public"."citext" USING "mail"::"public"."citext";
