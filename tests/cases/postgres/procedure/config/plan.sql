-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE "p" () LANGUAGE sql SET "statement_timeout" TO '5s' AS $$SELECT 1$$;
