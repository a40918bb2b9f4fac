-- Set whether bodies of functions are checked
SET check_function_bodies = off;
-- Create "next_id" function
CREATE FUNCTION "next_id" () RETURNS integer LANGUAGE sql AS $$SELECT max(id) + 1 FROM t$$;
-- Set comment to function: "next_id"
COMMENT ON FUNCTION "next_id" () IS 'one more';
-- Create "t" table
CREATE TABLE "t" (
  "id" integer NULL DEFAULT next_id()
);
-- Set whether bodies of functions are checked
RESET check_function_bodies;
