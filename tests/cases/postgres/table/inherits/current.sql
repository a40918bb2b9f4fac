CREATE TABLE a (id integer, n integer);
CREATE TABLE c (id integer, n integer, x text);
