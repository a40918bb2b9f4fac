CREATE TABLE c (id integer, n integer, x text);
