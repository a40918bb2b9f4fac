CREATE TABLE p (id integer NOT NULL, code integer NOT NULL, PRIMARY KEY (id) INCLUDE (code));
CREATE TABLE c (p_id integer, CONSTRAINT c_p FOREIGN KEY (p_id) REFERENCES p (id));
