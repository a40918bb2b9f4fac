-- Create extension "btree_gist"
CREATE EXTENSION "btree_gist" WITH SCHEMA "public" VERSION "1.7";
-- Modify "t" table
ALTER TABLE "public"."t" ADD CONSTRAINT "t_once" EXCLUDE USING gist ("id" WITH =, "at" WITH &&);
