CREATE TABLE a (id integer, password text DEFAULT 'canary-edited');
