CREATE TABLE c (p_id integer);
