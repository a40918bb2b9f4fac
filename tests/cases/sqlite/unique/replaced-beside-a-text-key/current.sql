CREATE TABLE t (a text UNIQUE, k text PRIMARY KEY, b text);
