CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (p_id integer CONSTRAINT parent REFERENCES p (id));
