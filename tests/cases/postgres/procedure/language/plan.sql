-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE "p" () LANGUAGE plpgsql AS $$BEGIN END$$;
