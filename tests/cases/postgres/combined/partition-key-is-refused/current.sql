CREATE TABLE p (id integer NOT NULL, a integer) PARTITION BY RANGE (id);
