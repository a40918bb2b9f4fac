CREATE TABLE t (a text, k text PRIMARY KEY, b text UNIQUE);
