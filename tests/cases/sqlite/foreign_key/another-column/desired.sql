CREATE TABLE p (id integer PRIMARY KEY, k text UNIQUE);
CREATE TABLE c (p integer, q text, CONSTRAINT fk FOREIGN KEY (q) REFERENCES p (k));
