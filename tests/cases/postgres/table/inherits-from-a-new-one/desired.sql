CREATE TABLE a (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE c (id integer, x text, CONSTRAINT positive CHECK (id > 0)) INHERITS (a);
