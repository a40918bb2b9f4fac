CREATE TABLE p (a integer, b integer, PRIMARY KEY (a));
CREATE TABLE c (a integer, b integer, CONSTRAINT c_p FOREIGN KEY (a) REFERENCES p (a));
