CREATE TABLE t (id integer NOT NULL, a text NOT NULL DEFAULT 'x');
