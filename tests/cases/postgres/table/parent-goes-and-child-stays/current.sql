CREATE TABLE a (id integer, n integer);
CREATE TABLE c (x text) INHERITS (a);
