-- Drop "p" procedure
DROP PROCEDURE "p" (integer);
-- Create "p" procedure
CREATE PROCEDURE "p" ("c" integer) LANGUAGE sql AS $$SELECT c$$;
-- Set comment to procedure: "p"
COMMENT ON PROCEDURE "p" (integer) IS 'c';
