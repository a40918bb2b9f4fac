CREATE TABLE p (id integer, code integer);
CREATE TABLE c (p_code integer);
