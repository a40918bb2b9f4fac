-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer) RETURNS integer LANGUAGE sql SET "search_path" TO public, "Odd" SET "work_mem" TO '8MB' AS $$SELECT 1$$;
