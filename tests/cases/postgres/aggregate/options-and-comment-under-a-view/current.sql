CREATE TABLE t (id integer);
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE VIEW v AS SELECT total(id) AS x FROM t;
