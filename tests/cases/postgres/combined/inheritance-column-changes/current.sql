CREATE TABLE parent (id integer, n integer);
CREATE TABLE child (extra text) INHERITS (parent);
