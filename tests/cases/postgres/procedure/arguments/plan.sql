-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE "p" ("a" integer, INOUT "b" integer DEFAULT 3) LANGUAGE sql AS $$SELECT 1$$;
