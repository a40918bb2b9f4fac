CREATE TABLE a (id integer, n integer);
CREATE TABLE b (m integer);
CREATE TABLE c (x text) INHERITS (a, b);
