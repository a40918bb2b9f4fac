CREATE TABLE t (id integer, amount bigint DEFAULT 2);
CREATE INDEX i ON t (amount);
