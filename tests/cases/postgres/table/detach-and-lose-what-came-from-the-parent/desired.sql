CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE p (id integer NOT NULL REFERENCES r, at date NOT NULL, PRIMARY KEY (id, at), CONSTRAINT positive CHECK (id > 0), CONSTRAINT p_u UNIQUE (at, id)) PARTITION BY RANGE (at);
CREATE INDEX p_at ON p (at);
CREATE TABLE p1 (id bigint NOT NULL, at date NOT NULL, PRIMARY KEY (id, at));
