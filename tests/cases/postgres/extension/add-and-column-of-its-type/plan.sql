-- Create extension "citext"
CREATE EXTENSION "citext" WITH SCHEMA "public" VERSION "1.6";
-- Modify "t" table
ALTER TABLE "public"."t" ADD COLUMN "mail" "public"."citext" NULL;
