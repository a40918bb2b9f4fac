CREATE TABLE p (id integer NOT NULL, at date NOT NULL);
