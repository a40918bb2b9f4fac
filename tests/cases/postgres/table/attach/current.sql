CREATE TABLE p (id integer, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE p1 (id integer, at date NOT NULL);
