-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE "p" ("a" integer) LANGUAGE sql AS $$SELECT 2$$;
