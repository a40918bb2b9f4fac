CREATE TABLE p (id integer PRIMARY KEY, k text UNIQUE);
CREATE TABLE c (id integer PRIMARY KEY, p integer, CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id));
