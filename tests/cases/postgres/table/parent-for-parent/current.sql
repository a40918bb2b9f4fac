CREATE TABLE a (id integer);
CREATE TABLE c (x text) INHERITS (a);
