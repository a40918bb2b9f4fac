CREATE TABLE p (id integer PRIMARY KEY, code integer, CONSTRAINT p_code UNIQUE (code));
CREATE TABLE c (p_code integer, CONSTRAINT c_p FOREIGN KEY (p_code) REFERENCES p (code));
