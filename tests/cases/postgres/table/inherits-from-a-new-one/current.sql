CREATE TABLE c (id integer, x text);
