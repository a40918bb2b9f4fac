CREATE TABLE t (id integer, b bit(4), m money, i inet);
