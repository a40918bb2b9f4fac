-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" () RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) AS count FROM t);
