CREATE TABLE t (id integer);
CREATE TABLE u (id integer);
CREATE FUNCTION reads_t() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM t); END';
