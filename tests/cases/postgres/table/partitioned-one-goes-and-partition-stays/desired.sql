CREATE TABLE p1 (id integer NOT NULL, at date NOT NULL);
