-- Create extension "pgcrypto"
CREATE EXTENSION "pgcrypto" WITH SCHEMA "public" VERSION "1.3";
-- Create extension "uuid-ossp"
CREATE EXTENSION "uuid-ossp" WITH SCHEMA "public" VERSION "1.1";
-- Create "hashed" function
CREATE FUNCTION "public"."hashed" ("word" text) RETURNS text LANGUAGE sql AS $$ SELECT encode(public.digest(word, 'sha256'), 'hex') $$;
-- Modify "t" table
ALTER TABLE "public"."t" ALTER COLUMN "id" SET DEFAULT public.uuid_generate_v4();
