CREATE TABLE p (id integer PRIMARY KEY, code integer);
CREATE TABLE c (p_code integer);
