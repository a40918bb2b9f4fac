CREATE TABLE p (code integer PRIMARY KEY);
CREATE TABLE c (p_code integer, CONSTRAINT c_p FOREIGN KEY (p_code) REFERENCES p (code));
