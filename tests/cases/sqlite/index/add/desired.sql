CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
CREATE UNIQUE INDEX t_b ON t (b);
CREATE INDEX t_expr ON t (lower(a), (b + 1) DESC);
CREATE INDEX t_part ON t (a COLLATE NOCASE DESC) WHERE b > 0 AND a <> 'x';
