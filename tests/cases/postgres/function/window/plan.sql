-- Drop "f" function
DROP FUNCTION "f" ();
-- Create "f" function
CREATE FUNCTION "f" () RETURNS bigint LANGUAGE internal WINDOW AS $$window_row_number$$;
