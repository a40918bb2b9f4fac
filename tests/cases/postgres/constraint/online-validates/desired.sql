CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (p_id integer, n integer NOT NULL, CONSTRAINT c_p FOREIGN KEY (p_id) REFERENCES p (id), CONSTRAINT ck CHECK (n > 0));
