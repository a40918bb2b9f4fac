CREATE TABLE t (a integer, b integer DEFAULT 3, g integer GENERATED ALWAYS AS (a + b) STORED);
CREATE INDEX i ON t (g);
