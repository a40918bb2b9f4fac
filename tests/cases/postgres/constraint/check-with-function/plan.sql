-- Create "ok" function
CREATE FUNCTION "ok" ("n" integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT n > 0$$;
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "ck" CHECK (ok(n));
