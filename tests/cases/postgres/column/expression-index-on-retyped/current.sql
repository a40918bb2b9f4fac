CREATE TABLE t (id integer, a character varying(10));
CREATE INDEX i ON t (lower(a::text));
