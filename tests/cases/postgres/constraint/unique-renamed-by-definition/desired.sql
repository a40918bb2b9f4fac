CREATE TABLE t (id integer, a text, CONSTRAINT unique_a UNIQUE (a), CONSTRAINT positive CHECK (id > 0));
CREATE INDEX by_a ON t (a);
