CREATE TABLE a (id integer, CONSTRAINT k PRIMARY KEY (id));
CREATE INDEX shared ON a (id);
