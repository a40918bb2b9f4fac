CREATE TABLE a (id integer, old text);
CREATE TABLE c (x text) INHERITS (a);
CREATE TABLE d () INHERITS (c);
