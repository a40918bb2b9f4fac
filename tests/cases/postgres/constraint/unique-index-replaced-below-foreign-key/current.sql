CREATE TABLE p (id integer, code integer);
CREATE UNIQUE INDEX p_code ON p (code);
CREATE TABLE c (p_code integer, CONSTRAINT c_p FOREIGN KEY (p_code) REFERENCES p (code));
