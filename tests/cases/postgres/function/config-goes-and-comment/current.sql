CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql SET work_mem = '8MB' AS 'SELECT 1';
