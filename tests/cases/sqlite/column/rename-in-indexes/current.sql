CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_a ON t (lower(a), a DESC) WHERE a IS NOT NULL;
