CREATE TABLE t (id integer, done jsonb, amount json, tags jsonb DEFAULT '[]');
