CREATE TABLE b (id integer);
CREATE TABLE c (id integer, x text) INHERITS (b);
