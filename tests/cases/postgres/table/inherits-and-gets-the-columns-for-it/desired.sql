CREATE TABLE a (id integer NOT NULL, n integer);
CREATE TABLE c (id integer NOT NULL, n integer, x text) INHERITS (a);
