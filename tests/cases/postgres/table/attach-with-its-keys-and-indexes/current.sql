CREATE TABLE p (id integer NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE INDEX p_at ON p (at);
CREATE TABLE p1 (id integer NOT NULL, at date NOT NULL, PRIMARY KEY (id, at));
CREATE INDEX p1_at_idx ON p1 (at);
