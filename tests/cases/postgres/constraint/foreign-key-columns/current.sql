CREATE TABLE p (id integer PRIMARY KEY, a integer UNIQUE);
CREATE TABLE c (x integer CONSTRAINT c_p REFERENCES p (id), y integer);
