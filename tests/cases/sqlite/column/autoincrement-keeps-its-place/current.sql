CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text);
CREATE TABLE gone (x int);
