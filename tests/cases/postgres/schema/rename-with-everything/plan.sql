-- Rename a schema from "a" to "b"
ALTER SCHEMA "a" RENAME TO "b";
-- Modify "g" function
CREATE OR REPLACE FUNCTION "b"."g" ("x" "b"."e") RETURNS SETOF "b"."t" LANGUAGE sql AS $$SELECT * FROM b.t$$;
