CREATE TABLE t (a varchar(20), b int);
CREATE INDEX t_a ON t (a);
