CREATE TABLE p (id integer PRIMARY KEY, a integer UNIQUE);
CREATE TABLE c (x integer, y integer CONSTRAINT c_p REFERENCES p (a) ON UPDATE CASCADE);
