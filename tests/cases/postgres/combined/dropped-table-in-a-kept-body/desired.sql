CREATE TABLE u (id integer, a text);
CREATE FUNCTION reads_t() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM t); END';
COMMENT ON FUNCTION reads_t() IS 'of nothing';
