CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql SET search_path = public, "Odd" SET work_mem = '8MB' AS 'SELECT 1';
