CREATE AGGREGATE total(text) (SFUNC = array_append, STYPE = text[]);
CREATE FUNCTION add(a bigint, b text) RETURNS bigint LANGUAGE sql AS 'SELECT a + 1';
CREATE FUNCTION add(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
CREATE AGGREGATE counted(text) (SFUNC = add, STYPE = bigint);
