CREATE TABLE t (id integer, done boolean, amount numeric(8,2), tags text[]);
