CREATE TABLE t (a varchar(255), b int);
CREATE INDEX t_a ON t (a);
