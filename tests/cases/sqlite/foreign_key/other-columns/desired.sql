CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT fk FOREIGN KEY (b) REFERENCES p (id));
