-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" () RETURNS integer LANGUAGE plpgsql AS $$BEGIN RETURN 1; END$$;
