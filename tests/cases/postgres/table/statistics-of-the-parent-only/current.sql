CREATE TABLE a (id integer, n text);
CREATE TABLE c (x text) INHERITS (a);
