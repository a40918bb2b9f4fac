CREATE TABLE p (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE p1 (id integer NOT NULL, at date NOT NULL);
CREATE INDEX mine ON p1 (at);
