CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (p_id integer CONSTRAINT c_p REFERENCES p (id));
