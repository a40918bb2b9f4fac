CREATE TABLE t (id integer, n numeric(10,2), s character varying(50));
CREATE TABLE u (id integer);
