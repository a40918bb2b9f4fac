-- Drop "v" view
DROP VIEW "v";
-- Drop "f" function
DROP FUNCTION "f" (integer);
-- Create "f" function
CREATE FUNCTION "f" ("b" integer) RETURNS integer LANGUAGE sql AS $$SELECT b$$;
-- Create "v" view
CREATE VIEW "v" ("x") AS SELECT f(1) AS x;
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'stays';
